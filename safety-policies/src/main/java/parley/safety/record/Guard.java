package parley.safety.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Refuses a record that others can change: a wrong owner, or write permission for group or others.
final class Guard {
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> OTHERS_READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private Guard() {}

    static void check(Layout layout) throws RecordUnavailable {
        List<Path> paths = new ArrayList<>();
        paths.add(layout.folder());
        paths.add(layout.lock());
        paths.add(layout.origin());
        paths.add(layout.checkpoints());
        paths.add(layout.segments());
        paths.add(layout.bodies());
        paths.add(layout.keys());
        paths.add(layout.signingKey());
        paths.add(layout.redactionKey());
        paths.add(layout.wrappingKey());
        paths.add(layout.runKeys());
        try {
            if (Files.isDirectory(layout.segments(), LinkOption.NOFOLLOW_LINKS)) {
                layout.segmentStarts().forEach(first -> paths.add(layout.segment(first)));
            }
        } catch (IOException failure) {
            throw Refusals.io(layout.segments(), failure);
        }
        for (Path path : paths) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                check(path, path.startsWith(layout.keys()) && !Files.isDirectory(path));
            }
        }
    }

    private static void check(Path path, boolean secret) throws RecordUnavailable {
        try {
            PosixFileAttributes found =
                    Files.readAttributes(
                            path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isSymbolicLink()) {
                throw Refusals.of(
                        path + " is a symbolic link; the record must be real files: put them there",
                        path + " 是符号链接；审计记录必须是真实文件，请把文件直接放在该位置");
            }
            checkOwner(path);
            if (found.permissions().stream().anyMatch(OTHERS_WRITE::contains)) {
                throw Refusals.of(
                        "others can write to "
                                + path
                                + ", so it proves nothing: chmod go-w "
                                + path,
                        "其他用户可以写入 " + path + "，因此它不能作为证据：chmod go-w " + path);
            }
            if (secret && found.permissions().stream().anyMatch(OTHERS_READ::contains)) {
                throw Refusals.of(
                        "others can read the key " + path + ": chmod 600 " + path,
                        "其他用户可以读取密钥 " + path + "：chmod 600 " + path);
            }
        } catch (IOException failure) {
            throw Refusals.io(path, failure);
        }
    }

    /// Whether `path` belongs to the user this process runs as.
    static boolean isOwn(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static void checkOwner(Path path) throws IOException, RecordUnavailable {
        Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!owner.equals(self)) {
            throw Refusals.of(
                    path
                            + " belongs to user id "
                            + owner
                            + ", Parley runs as "
                            + self
                            + ": run Parley as its owner, or make it yours: sudo chown -R "
                            + self
                            + " "
                            + path,
                    path
                            + " 属于用户 ID "
                            + owner
                            + "，而 Parley 以 "
                            + self
                            + " 运行：请以其所有者身份运行，或改变所有者：sudo chown -R "
                            + self
                            + " "
                            + path);
        }
    }
}
