package parley.console.approvals;

import static java.nio.charset.StandardCharsets.UTF_8;

import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.SignedAnswer;
import parley.tools.Bilingual;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A folder on a shared machine in which everybody may put files and nobody may touch another's: it
/// belongs to root and has the sticky bit. Who owns a file is who said what is in it.
///
/// `ID.request` is what is asked; `ID.NAME.grant` and `ID.NAME.refuse` are what NAME answered, each
/// with its signature in a file `….sig` beside it; `ID.used` says that the grant was used.
///
/// @param keeper who must own the folder: root, other than in tests
public record ApprovalFolder(Path directory, String keeper) {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_FILES = 10_000;
    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 022;

    /// Opens the folder.
    ///
    /// @throws UnusableFolder when it is not there, or others could swap what is in it
    public static ApprovalFolder open(Path directory, String keeper) throws UnusableFolder {
        try {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw unusable(directory, "is no folder", "不是目录");
            }
            int mode =
                    (Integer) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if (!owner(directory).equals(keeper)) {
                throw unusable(directory, "must belong to " + keeper, "必须属于 " + keeper);
            }
            if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
                throw unusable(directory, "needs the sticky bit (chmod +t)", "需要粘滞位（chmod +t）");
            }
            return new ApprovalFolder(directory, keeper);
        } catch (IOException unreadable) {
            throw unusable(directory, "cannot be read: " + unreadable, "无法读取：" + unreadable);
        }
    }

    private static UnusableFolder unusable(Path directory, String en, String zh) {
        return new UnusableFolder(
                Bilingual.of(
                        "the folder for approvals {0} {1}", "批准目录 {0} {2}", directory, en, zh));
    }

    /// Lays a request before everybody.
    public void ask(ApprovalRequest request) throws IOException {
        write(file(request.id(), "request"), request.bytes());
    }

    /// Puts an answer beside its request; the signature first, so that no answer is ever without.
    public void answer(SignedAnswer.Statement says, String signature) throws IOException {
        String kind = says.granted() ? "grant" : "refuse";
        Path statement = file(says.request(), says.approver() + "." + kind);
        write(Path.of(statement + ".sig"), signature.getBytes(UTF_8));
        write(statement, says.text().getBytes(UTF_8));
    }

    /// Takes the one use that a grant has; false when it was taken before.
    public boolean take(ApprovalRequest request) throws IOException {
        try {
            write(file(request.id(), "used"), new byte[0]);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    public boolean isUsed(ApprovalRequest request) {
        return Files.exists(file(request.id(), "used"), LinkOption.NOFOLLOW_LINKS);
    }

    /// Every request that belongs to the one who asked, oldest first. Files that are none, or that
    /// somebody else put there, are passed over.
    public List<ApprovalRequest> requests() throws IOException {
        List<ApprovalRequest> requests = new ArrayList<>();
        for (Path file : named(".request")) {
            read(file).ifPresent(requests::add);
        }
        requests.sort((one, other) -> one.asked().compareTo(other.asked()));
        return requests;
    }

    /// The request with this id, or the only one whose id begins so.
    public Optional<ApprovalRequest> request(String id) throws IOException {
        List<ApprovalRequest> found =
                requests().stream().filter(one -> one.id().startsWith(id)).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private Optional<ApprovalRequest> read(Path file) throws IOException {
        Optional<byte[]> bytes = bytes(file);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            ApprovalRequest request = ApprovalRequest.read(bytes.get());
            boolean right =
                    file.equals(file(request.id(), "request"))
                            && request.requester().equals(owner(file));
            return right ? Optional.of(request) : Optional.empty();
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /// Everything that was answered to `request`, with the owners of the files.
    public List<SignedAnswer> answers(ApprovalRequest request) throws IOException {
        List<SignedAnswer> answers = new ArrayList<>();
        for (String kind : List.of(".grant", ".refuse")) {
            for (Path file : named(kind)) {
                if (!name(file).startsWith(request.id() + ".")) {
                    continue;
                }
                Path signature = Path.of(file + ".sig");
                Optional<byte[]> says = bytes(file);
                Optional<byte[]> signed = bytes(signature);
                if (says.isPresent() && signed.isPresent()) {
                    answers.add(
                            new SignedAnswer(text(says.get()), text(signed.get()), owner(file)));
                }
            }
        }
        return answers;
    }

    private List<Path> named(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> name(file).endsWith(suffix))
                    .limit(MOST_FILES)
                    .sorted()
                    .toList();
        }
    }

    private Path file(String id, String kind) {
        return directory.resolve(id + "." + kind);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /// A plain file's bytes; empty when it is anything else, too long, or gone.
    private static Optional<byte[]> bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) > MOST_BYTES) {
            return Optional.empty();
        }
        return Optional.of(Files.readAllBytes(file));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String owner(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .owner()
                .getName();
    }

    /// Writes a file that was not there, readable for all, writable for its owner.
    private static void write(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(folder, ".", ".draft");
        try {
            try (SeekableByteChannel channel =
                    Files.newByteChannel(draft, Set.of(StandardOpenOption.WRITE))) {
                channel.write(java.nio.ByteBuffer.wrap(bytes));
            }
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
            // A link, unlike a move, fails when the name is taken: nobody's word is ever replaced.
            Files.createLink(file, draft);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
