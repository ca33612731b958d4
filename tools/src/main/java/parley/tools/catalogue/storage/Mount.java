package parley.tools.catalogue.storage;

import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One line of `/proc/self/mounts`, where blanks, line ends and backslashes are octal escapes.
record Mount(String target, String source, String type, List<String> options) {
    private static final Pattern FORM =
            Pattern.compile("(\\S+) (\\S+) (\\S+) (\\S+) (\\d+) (\\d+)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");
    private static final int MOST_MOUNTS = 100;
    private static final Set<String> REMOTE_TYPES =
            Set.of(
                    "9p",
                    "acfs",
                    "afs",
                    "auristorfs",
                    "beegfs",
                    "ceph",
                    "cifs",
                    "coda",
                    "fhgfs",
                    "gpfs",
                    "ibrix",
                    "lustre",
                    "nfs",
                    "nfs4",
                    "ocfs2",
                    "smb3",
                    "smbfs",
                    "vxfs");

    Mount {
        options = List.copyOf(options);
    }

    /// By target, in the order of mounting; of several on one target the last is the one seen.
    static Map<String, Mount> all(int number, List<Capture> captures) throws Unreadable {
        Map<String, Mount> mounts = new LinkedHashMap<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher form = line.match(FORM, "source target type options 0 0");
            Mount mount =
                    new Mount(
                            plain(form.group(2)),
                            plain(form.group(1)),
                            form.group(3),
                            List.of(form.group(4).split(",")));
            mounts.remove(mount.target());
            mounts.put(mount.target(), mount);
        }
        return mounts;
    }

    private static String plain(String escaped) {
        return ESCAPE.matcher(escaped)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(found.group(1), 8))));
    }

    boolean readOnly() {
        return options.contains("ro");
    }

    /// Whether it is a disk of this host, and not an image that is full by nature.
    boolean onDevice() {
        return source.startsWith("/dev/") && !remote() && !Filesystem.IMAGES.contains(type);
    }

    /// Whether another host stands behind it, so that asking it can hang. At least what `df -l`
    /// leaves out.
    boolean remote() {
        return REMOTE_TYPES.contains(type)
                || source.contains(":")
                || source.startsWith("//")
                || source.equals("-hosts");
    }

    /// The mount that holds `path`, by names alone.
    static Optional<Mount> holder(String path, Map<String, Mount> mounts) {
        return mounts.values().stream()
                .filter(mount -> under(path, mount.target()))
                .max(Comparator.comparingInt(mount -> mount.target().length()));
    }

    /// What keeps `du` on one filesystem. `-x` does not do on overlays, whose files claim to be on
    /// another device than their directories, so that `du -x` counts almost nothing.
    static List<String> bounds(String path, Map<String, Mount> mounts) {
        Optional<Mount> holder = holder(path, mounts);
        if (holder.filter(mount -> mount.type().equals("overlay")).isEmpty()) {
            return List.of("-x");
        }
        List<String> below =
                mounts.keySet().stream()
                        .filter(target -> under(target, path) && !target.equals(path))
                        .toList();
        return below.stream()
                .filter(target ->
                        below.stream()
                                .noneMatch(other -> !other.equals(target) && under(target, other)))
                .limit(MOST_MOUNTS)
                .map(target -> "--exclude=" + target.replaceAll("[\\\\*?\\[\\]]", "\\\\$0"))
                .toList();
    }

    private static boolean under(String path, String folder) {
        return Path.of(path).startsWith(folder);
    }
}
