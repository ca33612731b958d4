package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The keys of known hosts, as in OpenSSH's known_hosts files.
///
/// The library's own reader is not used: it takes `!a,b*` to match every host but `a`, accepts a
/// revoked key that is also listed plainly, and does not know line numbers.
final class KnownHosts {
    /// What the files say about a key that a host shows.
    sealed interface Judgement {
        /// It is on file.
        record Trusted() implements Judgement {}

        /// Nothing is on file for this host.
        record Unknown() implements Judgement {}

        /// Another key is on file.
        record Changed(Path file, int line, String fingerprint) implements Judgement {}

        /// This key must never be accepted.
        record Revoked(Path file, int line) implements Judgement {}
    }

    private enum Marker {
        NONE,
        REVOKED,
        AUTHORITY
    }

    private record Line(
            Path file, int number, Marker marker, HostPatterns hosts, String type, String key) {}

    private static final Object WRITING = new Object();

    private final List<Line> lines;

    private KnownHosts(List<Line> lines) {
        this.lines = lines;
    }

    /// Reads `files`; one that is not there is empty. Lines that are no entries are passed over, as
    /// OpenSSH does.
    static KnownHosts read(List<Path> files) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Path file : files) {
            if (!Files.exists(file)) {
                continue;
            }
            List<String> texts = new String(Files.readAllBytes(file), UTF_8).lines().toList();
            for (int at = 0; at < texts.size(); at++) {
                parse(file, at + 1, texts.get(at).strip()).ifPresent(lines::add);
            }
        }
        return new KnownHosts(lines);
    }

    private static Optional<Line> parse(Path file, int number, String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        String[] fields = text.split("[ \t]+");
        Marker marker =
                switch (fields[0]) {
                    case "@revoked" -> Marker.REVOKED;
                    case "@cert-authority" -> Marker.AUTHORITY;
                    default -> Marker.NONE;
                };
        int first = marker == Marker.NONE ? 0 : 1;
        if (fields.length < first + 3 || fields[first].startsWith("@")) {
            return Optional.empty();
        }
        try {
            String key =
                    Base64.getEncoder()
                            .encodeToString(Base64.getDecoder().decode(fields[first + 2]));
            HostPatterns hosts = HostPatterns.parse(fields[first]);
            return Optional.of(new Line(file, number, marker, hosts, fields[first + 1], key));
        } catch (IllegalArgumentException notAnEntry) {
            return Optional.empty();
        }
    }

    /// @param name as [SshTarget#knownAs] gives it
    Judgement judge(String name, HostKey key) {
        List<Line> mine = lines.stream().filter(line -> line.hosts().match(name)).toList();
        Optional<Line> revoked =
                mine.stream()
                        .filter(line ->
                                line.marker() == Marker.REVOKED && key.base64().equals(line.key()))
                        .findFirst();
        if (revoked.isPresent()) {
            return new Judgement.Revoked(revoked.get().file(), revoked.get().number());
        }
        List<Line> plain = mine.stream().filter(line -> line.marker() == Marker.NONE).toList();
        if (plain.stream().anyMatch(line -> key.base64().equals(line.key()))) {
            return new Judgement.Trusted();
        }
        // A key of another type counts as changed too: the types on file are asked for first, so
        // that an honest host shows one of those.
        return plain.stream()
                .filter(line -> line.type().equals(key.type()))
                .findFirst()
                .or(() -> plain.stream().findFirst())
                .<Judgement>map(line ->
                        new Judgement.Changed(
                                line.file(), line.number(), HostKey.fingerprint(line.key())))
                .orElseGet(Judgement.Unknown::new);
    }

    /// The signature algorithms of the keys on file for `name`, to be negotiated first.
    List<String> algorithms(String name) {
        LinkedHashSet<String> algorithms = new LinkedHashSet<>();
        for (Line line : lines) {
            if (line.marker() == Marker.NONE && line.hosts().match(name)) {
                algorithms.addAll(
                        line.type().equals("ssh-rsa")
                                ? List.of("rsa-sha2-512", "rsa-sha2-256")
                                : List.of(line.type()));
            }
        }
        return List.copyOf(algorithms);
    }

    /// Of the keys on file for `name` that are not revoked, sorted.
    List<String> fingerprints(String name) {
        return lines.stream()
                .filter(line -> line.marker() == Marker.NONE && line.hosts().match(name))
                .map(line -> HostKey.fingerprint(line.key()))
                .distinct()
                .sorted()
                .toList();
    }

    /// Writes one more entry at the end of `file`, in one piece; a new file is the user's alone.
    static void append(Path file, String name, boolean hashed, HostKey key) throws IOException {
        synchronized (WRITING) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.exists(folder)) {
                Files.createDirectories(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.exists(file)) {
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
            String entry =
                    (hashed ? HostPatterns.hash(name) : name)
                            + " "
                            + key.type()
                            + " "
                            + key.base64()
                            + "\n";
            byte[] bytes = ((endsInMiddle(file) ? "\n" : "") + entry).getBytes(UTF_8);
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                channel.write(ByteBuffer.wrap(bytes));
                channel.force(true);
            }
        }
    }

    private static boolean endsInMiddle(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                return false;
            }
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) != '\n';
        }
    }
}
