package parley.safety.record;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Room on the disk: nothing new begins when there is little left, and what was begun can still be
/// recorded to its end from a file kept for that.
final class Reserve {
    /// What begins something.
    private static final Set<String> BEGINNINGS = Set.of("request", "exec.intent");

    /// On a large disk a share is more than anybody needs.
    private static final long ENOUGH = 256L << 20;

    private static final int SHARE = 50;

    /// A disk that is not much larger than the reserve gets none.
    private static final int MANY_TIMES = 16;

    private static final int CHUNK = 1 << 20;

    private final Layout layout;
    private final long size;
    private volatile @Nullable FileStore store;

    Reserve(Layout layout, long size) {
        this.layout = layout;
        this.size = size;
    }

    /// Sets the reserve aside when there is none and much room. To be called under the folder lock.
    void keep() throws RecordUnavailable {
        Path file = layout.reserve();
        try {
            if (Durable.isThere(file) || usable() < size * MANY_TIMES) {
                return;
            }
            byte[][] zeros = new byte[(int) Math.max(1, size / CHUNK)][];
            for (int index = 0; index < zeros.length; index++) {
                zeros[index] = new byte[(int) Math.min(CHUNK, size)];
            }
            Durable.create(file, zeros);
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        }
    }

    /// @throws RecordUnavailable when `type` begins something and there is too little room to be
    ///   sure that its end can be recorded
    void check(String type) throws RecordUnavailable {
        if (!BEGINNINGS.contains(type)) {
            return;
        }
        try {
            FileStore store = store();
            long least = Math.min(ENOUGH, store.getTotalSpace() / SHARE);
            long usable = store.getUsableSpace();
            if (usable < least) {
                throw Refusals.of(
                        "the disk under the record is nearly full ("
                                + layout.folder()
                                + ": "
                                + usable / 1024
                                + " KiB left, "
                                + least / 1024
                                + " KiB needed): nothing new runs until there is space; free some,"
                                + " then ask again",
                        "审计记录所在磁盘即将写满（"
                                + layout.folder()
                                + "：剩余 "
                                + usable / 1024
                                + " KiB，至少需要 "
                                + least / 1024
                                + " KiB）：在腾出空间之前不会开始任何新操作；请清理磁盘后重试");
            }
        } catch (IOException failure) {
            throw Refusals.io(layout.folder(), failure);
        }
    }

    /// Gives the reserve up, for the end of what was begun.
    ///
    /// @return whether there was one
    boolean release(String type) throws RecordUnavailable {
        if (BEGINNINGS.contains(type)) {
            return false;
        }
        try {
            return Files.deleteIfExists(layout.reserve());
        } catch (IOException failure) {
            throw Refusals.io(layout.reserve(), failure);
        }
    }

    private long usable() throws IOException {
        return store().getUsableSpace();
    }

    /// Found once, for that reads the list of all mounts; how much room there is, is asked each
    /// time.
    private FileStore store() throws IOException {
        FileStore known = store;
        if (known == null) {
            known = Files.getFileStore(layout.folder());
            store = known;
        }
        return known;
    }
}
