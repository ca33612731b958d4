package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.redact.Redactor;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// The record, open for appending. Safe for many threads and many processes at once.
///
/// What [#append] returned for is on disk. When it throws, nothing may run.
public final class AuditLog implements AutoCloseable {
    static final long SEGMENT_LIMIT = 64L << 20;

    private final Layout layout;
    private final SigningKey key;
    private final FolderLock lock;
    private final Bodies bodies;
    private final Redactions redactions;
    private final Committer committer;
    private final InstantSource clock;
    private final ExecutorService storing = Executors.newVirtualThreadPerTaskExecutor();

    private AuditLog(
            Layout layout,
            SigningKey key,
            FolderLock lock,
            Bodies bodies,
            Redactions redactions,
            Committer committer,
            InstantSource clock) {
        this.layout = layout;
        this.key = key;
        this.lock = lock;
        this.bodies = bodies;
        this.redactions = redactions;
        this.committer = committer;
        this.clock = clock;
    }

    /// Opens the record in `directory`, or begins one there.
    ///
    /// Reads the last segment and compares it with the signed checkpoints; damage in older segments
    /// is for `audit verify` to find.
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
            Bodies bodies = new Bodies(layout);
            SigningKey key;
            Redactions redactions;
            Committer committer;
            try (FolderLock.Held held = lock.acquire(Committer.LOCK_LIMIT)) {
                requireNonNull(held, "held is null");
                key = begin(layout);
                redactions = Redactions.open(layout);
                RunKeys.begin(layout);
                Header header = new Header(key.name(), clock);
                Appender appender = new Appender(layout, key, header, bodies, segmentLimit);
                committer = new Committer(layout, software, key, lock, appender);
                committer.greet();
            }
            committer.start();
            return new AuditLog(layout, key, lock, bodies, redactions, committer, clock);
        } catch (RecordUnavailable refused) {
            lock.close();
            throw refused;
        }
    }

    /// Makes what a new record needs, in an order that a crash at any point leaves mendable.
    private static SigningKey begin(Layout layout) throws RecordUnavailable {
        try {
            if (!Files.exists(layout.origin())) {
                // Nothing is ever written before `origin`; a new key must not replace an old one.
                if (hasContent(layout.checkpoints()) || hasContent(layout.segment(0))) {
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

    private static boolean hasContent(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) > 0;
    }

    /// Records `given` and its bodies, without the secrets that are found in them.
    ///
    /// @throws RecordUnavailable when that is not certainly done; then nothing may run
    public Receipt append(Entry given) throws RecordUnavailable {
        committer.refuseWhenPoisoned();
        Entry entry = redactions.clean(given);
        ObjectNode stored = Json.mapper().createObjectNode();
        for (Map.Entry<String, byte[]> body : entry.bodies().entrySet()) {
            byte[] content = body.getValue();
            Bodies.Stored kept =
                    committer.await(
                            CompletableFuture.supplyAsync(
                                    () -> store(entry.run(), content), storing));
            stored.set(body.getKey(), Appender.reference(kept));
        }
        return committer.append(entry, stored);
    }

    private Bodies.Stored store(String run, byte[] content) {
        try {
            return bodies.store(run, content);
        } catch (RecordUnavailable failure) {
            throw new CompletionException(failure);
        }
    }

    /// Signs everything recorded so far. To be called before a change and at the end of a run;
    /// after every 256 entries it happens by itself.
    public void checkpoint() throws RecordUnavailable {
        committer.checkpoint();
    }

    /// Intents (`exec.intent`) that have neither `exec.result` nor `exec.unknown` (entries whose
    /// field `cause` is the intent's number), and whose process no longer runs: nobody knows what
    /// became of them. The console records `exec.unknown` for each.
    public List<Recorded> unknowns() throws RecordUnavailable {
        NavigableSet<Long> open = committer.openIntents();
        if (open.isEmpty()) {
            return List.of();
        }
        try (Stream<Recorded> entries = AuditReader.of(layout.folder()).from(open.first())) {
            return entries.takeWhile(entry -> entry.sequence() <= open.last())
                    .filter(entry -> open.contains(entry.sequence()))
                    .filter(Abandoned::is)
                    .toList();
        } catch (UncheckedIOException failure) {
            throw Refusals.wrap(layout.segments(), failure);
        }
    }

    /// Erases the contents of a run; doing it twice does no more than once.
    ///
    /// @return the number of the entry that says so
    /// @throws RecordUnavailable when there is no such run, or it still goes on
    public long erase(Erasure erasure) throws RecordUnavailable {
        return erasure.perform(this, bodies.keys());
    }

    /// Lets go of what is older than the retention period.
    ///
    /// @throws RecordUnavailable when it is not old enough, nobody else agreed, or outcomes are
    ///   still unknown there
    public Pruning.Pruned prune(Pruning pruning) throws RecordUnavailable {
        return pruning.perform(this, layout, bodies, clock);
    }

    /// What takes secrets out of texts the way this record does: for whatever else must not hold
    /// any, and for asking where a known secret was.
    public Redactor redactor() {
        return redactions.redactor();
    }

    public Path directory() {
        return layout.folder();
    }

    /// The public key that an auditor pins: `parley audit verify --key`.
    public String verifierKey() {
        return key.verifierKey();
    }

    /// Writes what waits and signs it, as far as the disk lets it; a later opening goes on from
    /// there.
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
