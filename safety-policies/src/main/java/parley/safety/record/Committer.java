package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.tools.schema.Json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The one thread that writes the record. What waits while it writes is written together, with one
/// fsync.
///
/// It is a thread of its own because an interrupt closes the file channel it meets: a cancelled
/// request must not close the record.
final class Committer {
    static final Duration LOCK_LIMIT = Duration.ofSeconds(15);
    static final int CHECKPOINT_EVERY = 256;
    private static final int MOST_TOGETHER = 128;

    private final Path folder;
    private final String software;
    private final SigningKey key;
    private final FolderLock lock;
    private final Appender appender;
    private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Due due;
    private boolean closed;
    private boolean announced;

    /// What the thread is asked for.
    private sealed interface Work {
        CompletableFuture<?> done();

        record Append(
                Entry entry,
                ObjectNode stored,
                Optional<Peer> peer,
                CompletableFuture<Receipt> done)
                implements Work {}

        record Seal(CompletableFuture<Void> done) implements Work {}

        record Intents(CompletableFuture<NavigableSet<Long>> done) implements Work {}

        record Stop(CompletableFuture<Void> done) implements Work {}
    }

    Committer(
            Layout layout,
            String software,
            SigningKey key,
            FolderLock lock,
            Appender appender,
            Rhythm rhythm) {
        this.folder = layout.folder();
        this.software = requireNonNull(software, "software is null");
        this.key = key;
        this.lock = lock;
        this.appender = appender;
        this.due = new Due(rhythm);
        this.thread = Thread.ofPlatform().name("record").daemon().unstarted(this::run);
    }

    /// Looks at the record's end once, so that damage shows at the start and not in the middle. The
    /// caller holds the lock.
    void greet() throws RecordUnavailable {
        if (appender.catchUp().size() == 0) {
            announce();
            appender.checkpoint();
        }
        appender.flush();
    }

    void start() {
        thread.start();
    }

    void refuseWhenPoisoned() throws RecordUnavailable {
        appender.refuseWhenPoisoned();
    }

    Receipt append(Entry entry, ObjectNode stored, Optional<Peer> peer) throws RecordUnavailable {
        Work.Append append = new Work.Append(entry, stored, peer, new CompletableFuture<>());
        ask(append);
        return append.done().resultNow();
    }

    void checkpoint() throws RecordUnavailable {
        ask(new Work.Seal(new CompletableFuture<>()));
    }

    NavigableSet<Long> openIntents() throws RecordUnavailable {
        Work.Intents intents = new Work.Intents(new CompletableFuture<>());
        ask(intents);
        return intents.done().resultNow();
    }

    /// Writes and signs what waits, and ends.
    ///
    /// @return false when it had ended before
    boolean stop() {
        Work.Stop stop = new Work.Stop(new CompletableFuture<>());
        synchronized (queue) {
            if (closed) {
                return false;
            }
            closed = true;
            queue.add(stop);
        }
        try {
            await(stop.done());
        } catch (RecordUnavailable alreadyOnDisk) {
            // Every acknowledged entry is on disk; only its checkpoint is missing: `verify` tells.
        }
        return true;
    }

    private void ask(Work work) throws RecordUnavailable {
        synchronized (queue) {
            if (closed) {
                throw Refusals.of("the record is closed: Parley is ending", "审计记录已关闭：Parley 正在退出");
            }
            queue.add(work);
        }
        await(work.done());
    }

    /// Waits without being interruptible: whoever asked must learn whether it is on disk.
    <T> T await(CompletableFuture<T> future) throws RecordUnavailable {
        try {
            return future.join();
        } catch (CompletionException failure) {
            throw Refusals.wrap(folder, failure);
        }
    }

    private void run() {
        List<Work> together = new ArrayList<>();
        boolean stop = false;
        while (!stop) {
            together.clear();
            try {
                @Nullable Work first = queue.poll(due.untilNext(), TimeUnit.NANOSECONDS);
                if (first == null) {
                    commitByItself();
                    continue;
                }
                together.add(first);
            } catch (InterruptedException nobodyInterruptsThis) {
                continue;
            }
            queue.drainTo(together, MOST_TOGETHER - 1);
            stop = together.stream().anyMatch(Work.Stop.class::isInstance);
            commit(together);
        }
    }

    /// Nothing was asked for: what stands unsigned is signed, or it is said that this process is
    /// there.
    private void commitByItself() {
        try (FolderLock.Held held = lock.acquire(LOCK_LIMIT)) {
            requireNonNull(held, "held is null");
            appender.catchUp();
            if (due.beats()) {
                appender.makeRoom();
                appender.add(
                        Entry.of("log.heartbeat", "", "parley"),
                        Json.mapper().createObjectNode(),
                        Optional.empty());
            }
            appender.checkpoint();
        } catch (RecordUnavailable | RuntimeException | Error failure) {
            // Nobody waits for it; whoever asks next is told.
            appender.forget();
            announced = false;
        }
        due.signed();
    }

    private void commit(List<Work> together) {
        List<Runnable> acknowledge = new ArrayList<>();
        try (FolderLock.Held held = lock.acquire(LOCK_LIMIT)) {
            requireNonNull(held, "held is null");
            Tail tail = appender.catchUp();
            boolean seal = false;
            for (Work work : together) {
                switch (work) {
                    case Work.Append append -> add(append, acknowledge);
                    case Work.Intents intents -> {
                        NavigableSet<Long> open = new TreeSet<>(tail.openIntents());
                        acknowledge.add(() -> intents.done().complete(open));
                    }
                    case Work.Seal asked -> {
                        seal = true;
                        acknowledge.add(() -> asked.done().complete(null));
                    }
                    case Work.Stop asked -> {
                        seal |= announced;
                        acknowledge.add(() -> asked.done().complete(null));
                    }
                }
            }
            appender.flush();
            if (seal || tail.size() - tail.checkpoints().covered() >= CHECKPOINT_EVERY) {
                appender.checkpoint();
                due.signed();
            } else if (announced) {
                due.appended();
            }
            acknowledge.forEach(Runnable::run);
        } catch (RecordUnavailable | RuntimeException | Error failure) {
            appender.forget();
            announced = false;
            together.forEach(work -> work.done().completeExceptionally(failure));
        }
    }

    private void add(Work.Append append, List<Runnable> acknowledge) throws RecordUnavailable {
        announce();
        appender.makeRoom();
        try {
            Receipt receipt = appender.add(append.entry(), append.stored(), append.peer());
            acknowledge.add(() -> append.done().complete(receipt));
        } catch (RecordUnavailable unfit) {
            append.done().completeExceptionally(unfit);
        }
    }

    /// Says once, before the first entry of this process, which program writes.
    private void announce() throws RecordUnavailable {
        if (!announced) {
            ObjectNode fields = Json.mapper().createObjectNode();
            fields.put("software", software).put("vkey", key.verifierKey());
            appender.makeRoom();
            appender.add(
                    new Entry("log.open", "ok", "", "parley", fields, Map.of()),
                    Json.mapper().createObjectNode(),
                    Optional.empty());
            announced = true;
        }
    }
}
