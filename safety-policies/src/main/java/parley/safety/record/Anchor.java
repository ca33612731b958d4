package parley.safety.record;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// A signed checkpoint as one line, to be kept where whoever holds the record cannot reach: whoever
/// cuts the record *and* its newest checkpoints cannot cut that.
///
/// `parley-anchor NAME SIZE ROOT SIGNATURE`: name of the record, number of entries, root of their
/// tree and signature, the latter two in base64.
///
/// @param size how many entries it speaks of
public record Anchor(String origin, long size, String root, String signature) {
    /// The first word of the line.
    public static final String WORD = "parley-anchor";

    /// A note is far shorter than that.
    private static final int TAIL = 4096;

    public Anchor {
        requireNonNull(origin, "origin is null");
        requireNonNull(root, "root is null");
        requireNonNull(signature, "signature is null");
    }

    /// The newest one of the record in `directory`; empty when it has no checkpoint.
    ///
    /// @throws UncheckedIOException when its files cannot be read
    public static Optional<Anchor> newest(Path directory) {
        Layout layout = new Layout(directory);
        try {
            if (!Durable.isThere(layout.checkpoints()) || !Durable.isThere(layout.origin())) {
                return Optional.empty();
            }
            String origin = Files.readString(layout.origin());
            int end = origin.indexOf('+');
            return end < 0
                    ? Optional.empty()
                    : last(tail(layout.checkpoints()), origin.substring(0, end));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String tail(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - TAIL);
            ByteBuffer buffer = ByteBuffer.allocate(TAIL);
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
                // Reads on until the buffer is full or the file ends.
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        }
    }

    /// A note ends with an empty line; its text is parted from its signature by one, too.
    private static Optional<Anchor> last(String notes, String origin) {
        int end = notes.lastIndexOf("\n\n");
        int start = end < 0 ? -1 : notes.lastIndexOf(origin + "\n", end);
        Checkpoint newest =
                start < 0 ? null : Checkpoint.read(notes.substring(start, end + 1), origin);
        if (newest == null) {
            return Optional.empty();
        }
        byte[] signature = HexFormat.of().parseHex(newest.signature());
        return Optional.of(
                new Anchor(
                        origin,
                        newest.size(),
                        newest.root(),
                        Base64.getEncoder().encodeToString(signature)));
    }

    /// The one line, without its end.
    public String line() {
        return WORD + " " + origin + " " + size + " " + root + " " + signature;
    }

    /// The signed note.
    String note() {
        return origin + "\n" + size + "\n" + root + "\n\n— " + origin + " " + signature + "\n";
    }

    /// Adds the line to a file, which is made when it is not there; on disk when this returns.
    ///
    /// @throws IOException when that is not certainly done
    public void appendTo(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND,
                                LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.wrap((line() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
