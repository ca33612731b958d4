package parley.safety.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/// Reads the complete lines of a file from an offset on.
final class Lines {
    private static final int CHUNK = 256 * 1024;

    private Lines() {}

    /// Takes one line without its newline.
    interface Taker {
        /// @return whether to go on
        boolean take(byte[] line) throws RecordUnavailable;
    }

    /// @param most the longest line that is expected; reading stops before a longer one
    /// @return the offset just after the newline of the last line taken
    static long read(FileChannel channel, long from, int most, Taker taker)
            throws IOException, RecordUnavailable {
        long left = channel.size() - from;
        if (left <= 0) {
            return from; // before each append there is nothing new: nothing is set aside for it
        }
        byte[] held = new byte[(int) Math.min(CHUNK, left)];
        int filled = 0;
        long done = from;
        while (true) {
            int got =
                    channel.read(
                            ByteBuffer.wrap(held, filled, held.length - filled), done + filled);
            if (got <= 0) {
                return done;
            }
            int searched = filled;
            filled += got;
            int start = 0;
            for (int index = searched; index < filled; index++) {
                if (held[index] == '\n') {
                    boolean more = taker.take(Arrays.copyOfRange(held, start, index));
                    done += index + 1 - start;
                    start = index + 1;
                    if (!more) {
                        return done;
                    }
                }
            }
            System.arraycopy(held, start, held, 0, filled - start);
            filled -= start;
            if (filled > most) {
                return done;
            }
            if (filled == held.length) {
                held = Arrays.copyOf(held, held.length * 2);
            }
        }
    }
}
