package parley.safety.record;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// One AES-256 key for the contents of each run, so that those of one run can be erased and all
/// others stay readable.
///
/// Each stands in a file of its own, wrapped (AES key wrap, RFC 3394) with the key of the record.
/// An erased one is overwritten and leaves a mark, so that it is not made anew.
final class RunKeys {
    private static final int KEY_BYTES = 32;
    private static final int MOST_KEPT = 64;
    private static final String ERASED = "erased ";

    private final Layout layout;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Kept> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                    return size() > MOST_KEPT;
                }
            };
    private @Nullable SecretKey wrapping;

    /// @param identity of the file it stands in
    private record Kept(SecretKey key, Object identity) {}

    RunKeys(Layout layout) {
        this.layout = layout;
    }

    /// What there is for a run.
    sealed interface Found {
        record Key(SecretKey key) implements Found {}

        /// @param by the entry that says so
        record Erased(long by) implements Found {}

        /// The keys of this record are not here, or not for this user.
        record Locked() implements Found {}

        record Nothing() implements Found {}
    }

    /// Makes the wrapping key of a new record. To be called under the folder lock.
    static void begin(Layout layout) throws RecordUnavailable {
        try {
            Durable.folder(layout.runKeys());
            if (!Durable.isThere(layout.wrappingKey())) {
                if (hasFiles(layout.runKeys())) {
                    // Another one would open none of them.
                    throw Refusals.damaged(
                            layout.wrappingKey().toString(), "the file is gone", "文件不见了");
                }
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                Durable.createWhole(layout.wrappingKey(), line(HexFormat.of().formatHex(key)));
            }
        } catch (IOException failure) {
            throw Refusals.io(layout.wrappingKey(), failure);
        }
    }

    private static boolean hasFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    /// The key that the contents of `run` are to be encrypted with; made when there is none.
    ///
    /// @throws RecordUnavailable also when the run was erased: nothing is added to it any more
    synchronized SecretKey forWriting(String run) throws RecordUnavailable {
        Kept known = kept.get(run);
        if (known != null && known.identity().equals(identity(run))) {
            return known.key();
        }
        return switch (read(run)) {
            case Found.Key found -> keep(run, found.key());
            case Found.Nothing nothing -> keep(run, create(run));
            case Found.Erased erased ->
                    throw Refusals.of(
                            "the contents of request "
                                    + run
                                    + " were erased (entry "
                                    + erased.by()
                                    + "): nothing is added to it any more; ask anew",
                            "请求 " + run + " 的内容已被清除（条目 " + erased.by() + "）：不能再追加内容；请重新提出请求");
            case Found.Locked locked ->
                    throw Refusals.damaged(
                            layout.wrappingKey().toString(), "the file is gone", "文件不见了");
        };
    }

    private SecretKey keep(String run, SecretKey key) {
        kept.put(run, new Kept(key, identity(run)));
        return key;
    }

    /// Another process may have erased the run: then another file stands there.
    private Object identity(String run) {
        try {
            Object key =
                    Files.readAttributes(layout.runKey(run), BasicFileAttributes.class).fileKey();
            return key == null ? "" : key;
        } catch (IOException gone) {
            return "";
        }
    }

    private SecretKey create(String run) throws RecordUnavailable {
        Path file = layout.runKey(run);
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        SecretKey fresh = new SecretKeySpec(key, "AES");
        try {
            byte[] wrapped = wrap(fresh);
            Durable.createWhole(file, line(HexFormat.of().formatHex(wrapped)));
            return fresh;
        } catch (FileAlreadyExistsException anotherWasFaster) {
            if (read(run) instanceof Found.Key theirs) {
                return theirs.key();
            }
            throw Refusals.io(file, anotherWasFaster);
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        }
    }

    /// What there is for `run`, as it stands on disk now.
    Found read(String run) throws RecordUnavailable {
        Path file = layout.runKey(run);
        try {
            if (!Files.isReadable(layout.wrappingKey())) {
                return new Found.Locked();
            }
            if (!Durable.isThere(file)) {
                return new Found.Nothing();
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (text.startsWith(ERASED)) {
                return new Found.Erased(Long.parseLong(text.substring(ERASED.length())));
            }
            return new Found.Key(unwrap(HexFormat.of().parseHex(text)));
        } catch (IllegalArgumentException | GeneralSecurityException altered) {
            throw Refusals.damaged(file.toString(), "it does not hold a key", "其中不是有效的密钥");
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        }
    }

    /// Destroys the key of `run`: overwritten where it stands, then replaced by a mark.
    ///
    /// @param by the entry that says who did it and why; already signed
    synchronized void destroy(String run, long by) throws RecordUnavailable {
        Path file = layout.runKey(run);
        kept.remove(run);
        try {
            if (Durable.isThere(file)) {
                byte[] noise = new byte[(int) Files.size(file)];
                random.nextBytes(noise);
                Durable.overwrite(file, noise);
            }
            Durable.replace(file, line(ERASED + by));
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        }
    }

    private byte[] wrap(SecretKey key) throws IOException, RecordUnavailable {
        try {
            Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
            cipher.init(Cipher.WRAP_MODE, wrapping());
            return cipher.wrap(key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SecretKey unwrap(byte[] wrapped)
            throws IOException, GeneralSecurityException, RecordUnavailable {
        Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
        cipher.init(Cipher.UNWRAP_MODE, wrapping());
        return (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
    }

    private synchronized SecretKey wrapping() throws IOException, RecordUnavailable {
        SecretKey known = wrapping;
        if (known == null) {
            try {
                String hex = Files.readString(layout.wrappingKey(), StandardCharsets.US_ASCII);
                known = new SecretKeySpec(HexFormat.of().parseHex(hex.strip()), "AES");
            } catch (IllegalArgumentException unreadable) {
                throw Refusals.damaged(
                        layout.wrappingKey().toString(), "it does not hold a key", "其中不是有效的密钥");
            }
            wrapping = known;
        }
        return requireNonNull(known);
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// The run was erased; empty when it was not, or nobody here can tell.
    Optional<Long> erased(String run) throws RecordUnavailable {
        return read(run) instanceof Found.Erased erased
                ? Optional.of(erased.by())
                : Optional.empty();
    }
}
