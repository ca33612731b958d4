package parley.stories;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// One start of Parley at a real terminal: what it shows arrives here, what is typed goes there.
///
/// The terminal is that of `script` from util-linux: the same kernel device as a person's.
final class Talk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// What moves the cursor or sets colours, not what is read.
    private static final String CONTROLS =
            "\u001b\\[[0-9;?<>=]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)"
                    + "|\u001b[()][0-9A-Za-z]|\u001b[=>78cM]|[\r\u0007]";

    private final Process process;
    private final StringBuilder shown = new StringBuilder();
    private final Thread reading;
    private int heard;

    Talk(Process process) {
        this.process = process;
        this.reading = Thread.ofVirtual().start(this::read);
    }

    private void read() {
        InputStream out = process.getInputStream();
        byte[] bytes = new byte[8192];
        try (java.io.Reader reader = new java.io.InputStreamReader(out, StandardCharsets.UTF_8)) {
            char[] chars = new char[bytes.length];
            int count = reader.read(chars);
            while (count >= 0) {
                synchronized (shown) {
                    shown.append(chars, 0, count);
                    shown.notifyAll();
                }
                count = reader.read(chars);
            }
        } catch (IOException closed) {
            // The terminal is gone; what was shown is kept.
            return;
        }
    }

    /// Every byte that reached the terminal so far.
    String raw() {
        synchronized (shown) {
            return shown.toString();
        }
    }

    /// What a person could read so far.
    String text() {
        return raw().replaceAll(CONTROLS, "");
    }

    /// Waits until `words` are shown after what earlier calls waited for. Line ends and spaces do
    /// not count: a narrow terminal breaks lines anywhere.
    Talk awaits(String words) throws InterruptedException {
        String wanted = Programs.dense(words);
        Instant deadline = Instant.now().plus(PATIENCE);
        synchronized (shown) {
            while (true) {
                String now = Programs.dense(text());
                int at = now.indexOf(wanted, Math.min(heard, now.length()));
                if (at >= 0) {
                    heard = at + wanted.length();
                    return this;
                }
                boolean over = !process.isAlive() && !reading.isAlive();
                if (over || Instant.now().isAfter(deadline)) {
                    throw new AssertionError(
                            (over ? "ended without showing " : "never showed ")
                                    + words
                                    + "; it showed:\n"
                                    + text());
                }
                shown.wait(100);
            }
        }
    }

    /// Types `words` and the Enter key.
    Talk types(String words) throws IOException {
        return keys(words + "\r");
    }

    Talk pressesControlC() throws IOException {
        return keys("\u0003");
    }

    Talk pressesControlD() throws IOException {
        return keys("\u0004");
    }

    private Talk keys(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    /// Waits for its end.
    Programs.Ended ends() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("did not end; it showed:\n" + text());
        }
        reading.join();
        return new Programs.Ended(process.exitValue(), text(), "");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
