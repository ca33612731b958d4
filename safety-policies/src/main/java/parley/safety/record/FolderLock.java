package parley.safety.record;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The lock of a record's folder: one writer at a time, over all processes of this machine.
///
/// A process holds one channel per lock file, shared by all who use it: closing any second one
/// would give up the process's lock (POSIX), so nothing else here ever opens the file.
final class FolderLock implements AutoCloseable {
    private static final Map<Path, FolderLock> OPEN = new HashMap<>();
    private static final Duration PAUSE = Duration.ofNanos(200_000);

    private final Path file;
    private final FileChannel channel;
    private final Object identity;
    private final ReentrantLock inside = new ReentrantLock(true);
    private int users;

    private FolderLock(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        this.identity = identity(file);
    }

    static FolderLock open(Layout layout) throws RecordUnavailable {
        Path file = layout.lock();
        synchronized (OPEN) {
            try {
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    createUnlessThere(file);
                }
                FolderLock lock = OPEN.get(file);
                if (lock == null || !lock.identity.equals(identity(file))) {
                    lock = new FolderLock(file);
                    OPEN.put(file, lock);
                }
                lock.users++;
                return lock;
            } catch (IOException failure) {
                throw Refusals.io(file, failure);
            }
        }
    }

    private static void createUnlessThere(Path file) throws IOException {
        try {
            Durable.create(file);
        } catch (java.nio.file.FileAlreadyExistsException anotherWasFaster) {
            // Just as well.
        }
    }

    private static Object identity(Path file) throws IOException {
        Object key =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey();
        return key == null ? file : key;
    }

    /// What is held until it is closed.
    interface Held extends AutoCloseable {
        @Override
        void close() throws RecordUnavailable;
    }

    /// Waits for the lock, at most `limit`. Not to be called on a thread that others interrupt.
    Held acquire(Duration limit) throws RecordUnavailable {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            if (!inside.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(limit);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy(limit);
        }
        boolean kept = false;
        try {
            FileLock lock = outside(deadline, limit);
            if (!identity(file).equals(identity)) {
                lock.release();
                throw Refusals.of(
                        "the folder of the record was replaced while Parley ran ("
                                + file
                                + "): nothing runs; start Parley again",
                        "Parley 运行期间审计记录目录被替换（" + file + "）：不会执行任何操作；请重新启动 Parley");
            }
            kept = true;
            return () -> release(lock);
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        } finally {
            if (!kept) {
                inside.unlock();
            }
        }
    }

    private FileLock outside(long deadline, Duration limit) throws IOException, RecordUnavailable {
        while (true) {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw busy(limit);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void release(FileLock lock) throws RecordUnavailable {
        try {
            lock.release();
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        } finally {
            inside.unlock();
        }
    }

    private RecordUnavailable busy(Duration limit) {
        return Refusals.of(
                "another Parley has held the record for more than "
                        + limit.toSeconds()
                        + " s ("
                        + file
                        + "): nothing runs; find it with: fuser "
                        + file,
                "另一个 Parley 占用审计记录已超过 "
                        + limit.toSeconds()
                        + " 秒（"
                        + file
                        + "）：不会执行任何操作；可用 fuser "
                        + file
                        + " 找到该进程");
    }

    @Override
    public void close() throws RecordUnavailable {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(file, this);
                try {
                    channel.close();
                } catch (IOException failure) {
                    throw Refusals.io(file, failure);
                }
            }
        }
    }
}
