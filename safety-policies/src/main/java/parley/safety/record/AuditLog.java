package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// The record, open for appending. Safe for many threads and many processes at once.
///
/// What [#append] returned for is on disk. When it throws, nothing may run. All files are touched
/// by one thread of its own, so that an interrupted request never closes them; what waits while it
/// writes is written together.
public final class AuditLog implements AutoCloseable {
    static final long SEGMENT_LIMIT = 64L << 20;
    static final int CHECKPOINT_EVERY = 256;
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(15);
    private static final int MOST_TOGETHER = 128;

    private final Layout layout;
    private final String software;
    private final SigningKey key;
    private final FolderLock lock;
    private final Bodies bodies;
    private final Appender appender;
    private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final ExecutorService storing = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread writer;
    private boolean closed;
    private boolean announced;

    /// What the writing thread is asked for.
    private sealed interface Work {
        CompletableFuture<?> done();

        record Append(Entry entry, ObjectNode stored, CompletableFuture<Receipt> done)
                implements Work {}

        record Seal(CompletableFuture<Void> done) implements Work {}

        record Intents(CompletableFuture<Set<Long>> done) implements Work {}

        record Stop(CompletableFuture<Void> done) implements Work {}
    }

    private AuditLog(
            Layout layout,
            String software,
            SigningKey key,
            FolderLock lock,
            InstantSource clock,
            long segmentLimit) {
        this.layout = layout;
        this.software = requireNonNull(software, "software is null");
        this.key = key;
        this.lock = lock;
        this.bodies = new Bodies(layout);
        this.appender =
                new Appender(layout, key, new Header(key.name(), clock), bodies, segmentLimit);
        this.writer = Thread.ofPlatform().name("record").daemon().unstarted(this::write);
    }

    /// Opens the record in `directory`, or begins one there.
    ///
    /// @param software name and version of the program, kept with its first entry
    /// @throws RecordUnavailable when others can change it, it is damaged, or the disk refuses
    public static AuditLog open(Path directory, String software) throws RecordUnavailable {
        return open(directory, software, InstantSource.system(), SEGMENT_LIMIT);
    }

    static AuditLog open(Path directory, String software, InstantSource clock, long segmentLimit)
            throws RecordUnavailable {
        // An interrupt closes the channel it meets, and the lock's channel is everybody's.
        CompletableFuture<AuditLog> opening = new CompletableFuture<>();
        Runnable open =
                () -> {
                    try {
                        opening.complete(openHere(directory, software, clock, segmentLimit));
                    } catch (RecordUnavailable | RuntimeException | Error failure) {
                        opening.completeExceptionally(failure);
                    }
                };
        Thread.ofPlatform().name("record-open").daemon().start(open);
        try {
            return opening.join();
        } catch (CompletionException failure) {
            throw Refusals.wrap(directory, failure);
        }
    }

    private static AuditLog openHere(
            Path directory, String software, InstantSource clock, long segmentLimit)
            throws RecordUnavailable {
        Layout layout;
        try {
            Durable.folder(directory);
            layout = new Layout(directory.toRealPath());
        } catch (IOException failure) {
            throw Refusals.io(directory, failure);
        }
        Guard.check(layout);
        FolderLock lock = FolderLock.open(layout);
        try {
            AuditLog log;
            try (FolderLock.Held held = lock.acquire(LOCK_LIMIT)) {
                requireNonNull(held, "held is null");
                SigningKey key = begin(layout);
                log = new AuditLog(layout, software, key, lock, clock, segmentLimit);
                log.greet();
            }
            log.writer.start();
            return log;
        } catch (RecordUnavailable refused) {
            lock.close();
            throw refused;
        }
    }

    /// Makes what a new record needs, in an order that a crash at any point leaves mendable.
    private static SigningKey begin(Layout layout) throws RecordUnavailable {
        try {
            if (!Files.exists(layout.origin())) {
                if (Files.exists(layout.checkpoints()) && Files.size(layout.checkpoints()) > 0) {
                    throw Refusals.damaged(layout.origin().toString(), "the file is gone", "文件不见了");
                }
                Durable.folder(layout.segments());
                Durable.folder(layout.bodies());
                Durable.folder(layout.keys());
                for (Path file : List.of(layout.segment(0), layout.checkpoints())) {
                    if (!Files.exists(file)) {
                        Durable.create(file);
                    }
                }
                SigningKey.create(layout);
            }
            return SigningKey.load(layout);
        } catch (IOException failure) {
            throw Refusals.io(layout.folder(), failure);
        }
    }

    /// Looks at the record's end once, so that damage shows at the start and not in the middle.
    private void greet() throws RecordUnavailable {
        if (appender.catchUp().size() == 0) {
            announce();
            appender.checkpoint();
        }
        appender.flush();
    }

    private void announce() throws RecordUnavailable {
        if (!announced) {
            ObjectNode fields = Json.mapper().createObjectNode();
            fields.put("software", software).put("vkey", key.verifierKey());
            appender.makeRoom();
            appender.add(
                    new Entry("log.open", "ok", "", "parley", fields, Map.of()),
                    Json.mapper().createObjectNode());
            announced = true;
        }
    }

    /// Records `entry` and its bodies.
    ///
    /// @throws RecordUnavailable when that is not certainly done; then nothing may run
    public Receipt append(Entry entry) throws RecordUnavailable {
        ObjectNode stored = Json.mapper().createObjectNode();
        for (Map.Entry<String, byte[]> body : entry.bodies().entrySet()) {
            byte[] content = body.getValue();
            String commitment = await(CompletableFuture.supplyAsync(() -> store(content), storing));
            stored.set(body.getKey(), Appender.reference(commitment, content.length));
        }
        Work.Append append = new Work.Append(entry, stored, new CompletableFuture<>());
        ask(append);
        return append.done().resultNow();
    }

    private String store(byte[] content) {
        try {
            return bodies.store(content);
        } catch (RecordUnavailable failure) {
            throw new CompletionException(failure);
        }
    }

    /// Signs everything recorded so far. To be called before a change and at the end of a run;
    /// after every 256 entries it happens by itself.
    public void checkpoint() throws RecordUnavailable {
        ask(new Work.Seal(new CompletableFuture<>()));
    }

    /// Intents (`exec.intent`) that have neither `exec.result` nor `exec.unknown` (entries whose
    /// field `cause` is the intent's number), and whose process no longer runs: nobody knows what
    /// became of them. The console records `exec.unknown` for each.
    public List<Recorded> unknowns() throws RecordUnavailable {
        Work.Intents asked = new Work.Intents(new CompletableFuture<>());
        ask(asked);
        List<Recorded> abandoned = new ArrayList<>();
        AuditReader reader = AuditReader.of(layout.folder());
        for (long sequence : asked.done().resultNow()) {
            reader.at(sequence).filter(Abandoned::is).ifPresent(abandoned::add);
        }
        return abandoned;
    }

    public Path directory() {
        return layout.folder();
    }

    /// The public key that an auditor pins: `parley audit verify --key`.
    public String verifierKey() {
        return key.verifierKey();
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
    private <T> T await(CompletableFuture<T> future) throws RecordUnavailable {
        try {
            return future.join();
        } catch (CompletionException failure) {
            throw Refusals.wrap(layout.folder(), failure);
        }
    }

    private void write() {
        List<Work> together = new ArrayList<>();
        boolean stop = false;
        while (!stop) {
            together.clear();
            try {
                together.add(queue.take());
            } catch (InterruptedException nobodyMayInterruptThis) {
                continue;
            }
            queue.drainTo(together, MOST_TOGETHER - 1);
            stop = together.stream().anyMatch(Work.Stop.class::isInstance);
            commit(together);
        }
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
                        Set<Long> open = new TreeSet<>(tail.openIntents());
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
            if (seal || tail.size() - tail.covered() >= CHECKPOINT_EVERY) {
                appender.checkpoint();
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
            Receipt receipt = appender.add(append.entry(), append.stored());
            acknowledge.add(() -> append.done().complete(receipt));
        } catch (RecordUnavailable unfit) {
            append.done().completeExceptionally(unfit);
        }
    }

    /// Writes what waits and signs it, as far as the disk lets it; a later opening goes on from
    /// there.
    @Override
    public void close() {
        Work.Stop stop = new Work.Stop(new CompletableFuture<>());
        synchronized (queue) {
            if (closed) {
                return;
            }
            closed = true;
            queue.add(stop);
        }
        try {
            await(stop.done());
        } catch (RecordUnavailable alreadyOnDisk) {
            // Every acknowledged entry is on disk; only its checkpoint is missing, which `verify`
            // tells.
        } finally {
            storing.close();
            closeLock();
        }
    }

    private void closeLock() {
        try {
            lock.close();
        } catch (RecordUnavailable nothingLeftToDo) {
            // The process gives the lock up at its end anyway.
        }
    }
}
