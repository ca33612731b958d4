package parley.console.reach;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Reads one stream of a command to its end on a thread of its own, keeps its first bytes and
/// counts the rest. Both streams of a command need one: an unread one stops the other.
final class Drain {
    private final InputStream stream;
    private final long most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long total;
    private volatile long lastByteNanos = System.nanoTime();
    private volatile @Nullable IOException broken;

    private Drain(InputStream stream, long most) {
        this.stream = stream;
        this.most = most;
    }

    /// @param most how many bytes are kept
    static Drain start(String name, InputStream stream, long most) {
        Drain drain = new Drain(stream, most);
        Thread.ofVirtual().name("drain " + name).start(drain::read);
        return drain;
    }

    private void read() {
        byte[] buffer = new byte[32 * 1024];
        try {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException failure) {
            broken = failure;
        } finally {
            ended.countDown();
        }
    }

    private synchronized void keep(byte[] buffer, int read) {
        kept.write(buffer, 0, (int) Math.min(read, most - kept.size()));
        total += read;
        lastByteNanos = System.nanoTime();
    }

    /// Waits for the end of the stream.
    ///
    /// @return whether it came in time
    boolean await(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /// How long nothing came.
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastByteNanos);
    }

    /// Why the stream ended before its end; null when it did not.
    @Nullable IOException broken() {
        return broken;
    }

    /// How many bytes came, kept or not.
    long total() {
        return total;
    }

    synchronized boolean truncated() {
        return total > kept.size();
    }

    /// What was kept, undecodable bytes replaced; a character that the limit cut is left out.
    synchronized String text(Charset charset) {
        CharBuffer text = CharBuffer.allocate(kept.size() + 1);
        charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(ByteBuffer.wrap(kept.toByteArray()), text, !truncated());
        return text.flip().toString();
    }
}
