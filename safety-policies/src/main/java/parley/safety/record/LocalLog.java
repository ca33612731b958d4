package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.redact.Redactor;
import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The record in a folder of this process's own user.
final class LocalLog extends AuditLog {
    private final Layout layout;
    private final SigningKey key;
    private final FolderLock lock;
    private final Bodies bodies;
    private final Redactions redactions;
    private final Reserve reserve;
    private final Committer committer;
    private final InstantSource clock;
    private final ExecutorService storing = Executors.newVirtualThreadPerTaskExecutor();

    private LocalLog(
            Layout layout,
            SigningKey key,
            FolderLock lock,
            Bodies bodies,
            Redactions redactions,
            Reserve reserve,
            Committer committer,
            InstantSource clock) {
        this.layout = layout;
        this.key = key;
        this.lock = lock;
        this.bodies = bodies;
        this.redactions = redactions;
        this.reserve = reserve;
        this.committer = committer;
        this.clock = clock;
    }

    static LocalLog open(Path directory, String software, Rhythm rhythm) throws RecordUnavailable {
        // An interrupt closes the channel it meets, and the lock's channel is everybody's.
        CompletableFuture<LocalLog> opening = new CompletableFuture<>();
        Runnable open =
                () -> {
                    try {
                        opening.complete(openHere(directory, software, rhythm));
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

    private static LocalLog openHere(Path directory, String software, Rhythm rhythm)
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
            Bodies bodies = new Bodies(layout);
            SigningKey key;
            Reserve reserve = new Reserve(layout, rhythm.reserve());
            Redactions redactions;
            Committer committer;
            try (FolderLock.Held held = lock.acquire(Committer.LOCK_LIMIT)) {
                requireNonNull(held, "held is null");
                key = begin(layout);
                redactions = Redactions.open(layout);
                RunKeys.begin(layout);
                reserve.keep();
                Header header = new Header(key.name(), rhythm.clock());
                Appender appender = new Appender(layout, key, header, bodies, rhythm);
                committer = new Committer(layout, software, key, lock, appender, rhythm);
                committer.greet();
            }
            committer.start();
            return new LocalLog(
                    layout, key, lock, bodies, redactions, reserve, committer, rhythm.clock());
        } catch (RecordUnavailable refused) {
            lock.close();
            throw refused;
        }
    }

    /// Makes what a new record needs, in an order that a crash at any point leaves mendable.
    private static SigningKey begin(Layout layout) throws RecordUnavailable {
        try {
            if (!Durable.isThere(layout.origin())) {
                // Nothing is ever written before `origin`; a new key must not replace an old one.
                if (hasContent(layout.checkpoints()) || hasContent(layout.segment(0))) {
                    throw Refusals.damaged(layout.origin().toString(), "the file is gone", "文件不见了");
                }
                Durable.inside(layout.segments());
                Durable.inside(layout.bodies());
                Durable.folder(layout.keys());
                for (Path file : List.of(layout.segment(0), layout.checkpoints())) {
                    if (!Durable.isThere(file)) {
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

    private static boolean hasContent(Path file) throws IOException {
        return Durable.isThere(file) && Files.size(file) > 0;
    }

    @Override
    public Receipt append(Entry given) throws RecordUnavailable {
        return append(given, Optional.empty());
    }

    /// @param peer the process that asked for it, when that is not this one
    Receipt append(Entry given, Optional<Peer> peer) throws RecordUnavailable {
        committer.refuseWhenPoisoned();
        reserve.check(given.type());
        Entry entry = redactions.clean(given);
        try {
            return store(entry, peer);
        } catch (RecordUnavailable refused) {
            if (Refusals.isFull(refused) && reserve.release(given.type())) {
                return store(entry, peer);
            }
            throw refused;
        }
    }

    private Receipt store(Entry entry, Optional<Peer> peer) throws RecordUnavailable {
        Map<String, CompletableFuture<Bodies.Stored>> contents = new LinkedHashMap<>();
        entry.bodies()
                .forEach((role, content) ->
                        contents.put(
                                role,
                                CompletableFuture.supplyAsync(
                                        () -> store(entry.run(), content), storing)));
        ObjectNode stored = Json.mapper().createObjectNode();
        for (Map.Entry<String, CompletableFuture<Bodies.Stored>> one : contents.entrySet()) {
            stored.set(one.getKey(), Appender.reference(committer.await(one.getValue())));
        }
        return committer.append(entry, stored, peer);
    }

    private Bodies.Stored store(String run, byte[] content) {
        try {
            return bodies.store(run, content);
        } catch (RecordUnavailable failure) {
            throw new CompletionException(failure);
        }
    }

    @Override
    public void checkpoint() throws RecordUnavailable {
        committer.checkpoint();
    }

    @Override
    public List<Recorded> unknowns() throws RecordUnavailable {
        return Abandoned.of(AuditReader.of(layout.folder()), committer.openIntents());
    }

    Bodies bodies() {
        return bodies;
    }

    @Override
    public long erase(Erasure erasure) throws RecordUnavailable {
        return erasure.perform(this, bodies.keys());
    }

    @Override
    public Pruning.Pruned prune(Pruning pruning) throws RecordUnavailable {
        return pruning.perform(this, layout, bodies, clock);
    }

    @Override
    public Redactor redactor() {
        return redactions.redactor();
    }

    @Override
    public Path directory() {
        return layout.folder();
    }

    @Override
    public String verifierKey() {
        return key.verifierKey();
    }

    @Override
    public void close() {
        if (committer.stop()) {
            storing.close();
            try {
                lock.close();
            } catch (RecordUnavailable nothingLeftToDo) {
                // The process gives the lock up at its end anyway.
            }
        }
    }
}
