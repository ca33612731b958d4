package parley.console.reach;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One stream of a remote command without the line that told its process id, and without what the
/// login shell printed before that.
///
/// The line begins with a number that nobody on the host can know beforehand, so that nothing else
/// is mistaken for it.
final class PidStream extends FilterInputStream {
    private static final int MOST_BEFORE = 64 * 1024;

    private final byte[] mark;
    private final ByteArrayOutputStream before = new ByteArrayOutputStream();
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile long pid;
    private volatile boolean passed;

    PidStream(InputStream stream, String mark) {
        super(new java.io.BufferedInputStream(stream, 32 * 1024));
        this.mark = ("\n" + mark + " ").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (!passed) {
            try {
                pass();
            } finally {
                decided.countDown();
            }
        }
        return super.read(buffer, offset, length);
    }

    @Override
    public int read() throws IOException {
        throw new IOException("read in blocks");
    }

    private void pass() throws IOException {
        passed = true;
        int matched = 0;
        while (matched < mark.length) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            if (before.size() < MOST_BEFORE) {
                before.write(next);
            }
            matched = next == mark[matched] ? matched + 1 : next == mark[0] ? 1 : 0;
        }
        long number = 0;
        for (int next = in.read(); next >= '0' && next <= '9'; next = in.read()) {
            number = number * 10 + (next - '0');
        }
        pid = number;
    }

    /// The process id, which is the process group's too; empty when it did not come in time.
    Optional<Long> pid(Duration limit) throws InterruptedException {
        return decided.await(limit.toNanos(), TimeUnit.NANOSECONDS) && pid > 1
                ? Optional.of(pid)
                : Optional.empty();
    }

    /// What came instead of the line.
    String before() {
        return before.toString(StandardCharsets.UTF_8).strip();
    }
}
