package parley.safety.record;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Real users of this machine: numbers that nobody else has, with processes of their own.
public final class Users {
    public static final int RECORDER = 60_001;
    public static final int ALICE = 60_002;
    public static final int BOB = 60_003;
    static final int STRANGER = 60_004;

    /// The group of those who may have something recorded.
    public static final int OPERATORS = 60_010;

    private final String classPath;

    /// @param place a folder that everybody may look into
    public Users(Path place) throws IOException {
        this.classPath = readable(place);
    }

    public static void needed() {
        boolean able = Children.available("setpriv", "--reuid=60002", "--clear-groups", "true");
        if (!able) {
            System.err.println("SKIPPED, NOT TESTED: several users (needs root and setpriv)");
        }
        Assumptions.assumeTrue(able, "needs root and setpriv");
    }

    /// The class path, copied where this machine's other users cannot read it.
    private static String readable(Path place) throws IOException {
        Path copies = Files.createDirectories(place.resolve("classes"));
        Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":")) {
            Path path = Path.of(entry).toAbsolutePath();
            if (!Files.exists(path) || (Files.isRegularFile(path) && isOpen(path))) {
                entries.add(path.toString());
            } else {
                Path copy = copies.resolve(entries.size() + "-" + path.getFileName());
                copy(path, copy);
                entries.add(copy.toString());
            }
        }
        return String.join(":", entries);
    }

    private static boolean isOpen(Path path) throws IOException {
        for (Path at = path; at != null; at = at.getParent()) {
            PosixFilePermission needed =
                    Files.isDirectory(at)
                            ? PosixFilePermission.OTHERS_EXECUTE
                            : PosixFilePermission.OTHERS_READ;
            if (!Files.getPosixFilePermissions(at).contains(needed)) {
                return false;
            }
        }
        return true;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walked = Files.walk(from)) {
            walked.forEach(path -> {
                try {
                    Path copy = to.resolve(from.relativize(path).toString());
                    Files.copy(path, copy, LinkOption.NOFOLLOW_LINKS);
                    Files.setPosixFilePermissions(
                            copy, PosixFilePermissions.fromString("rwxr-xr-x"));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }

    /// The words before a command that make it that of `user` with these groups.
    public static List<String> as(int user, int group, int... further) {
        String groups =
                further.length == 0
                        ? "--clear-groups"
                        : "--groups="
                                + java.util.Arrays.stream(further)
                                        .mapToObj(Integer::toString)
                                        .collect(Collectors.joining(","));
        return List.of("setpriv", "--reuid=" + user, "--regid=" + group, groups, "--no-new-privs");
    }

    /// The words that run `main` in a JVM of its own.
    public List<String> java(List<String> as, Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(as);
        for (String word : Children.java(main, arguments)) {
            words.add(word.equals(System.getProperty("java.class.path")) ? classPath : word);
        }
        return words;
    }
}
