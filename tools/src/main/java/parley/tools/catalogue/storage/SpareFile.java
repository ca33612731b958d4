package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file that `find` printed: blocks on disk, path.
record SpareFile(String path, long bytes) {
    private static final long MOST_NAMED = 3;
    private static final Pattern ROW = Pattern.compile("(\\d+)\\t(/.*)", Pattern.DOTALL);

    /// How journald names archived files: `system@ID-SEQUENCE-TIME.journal`, and those that it
    /// found damaged `system@TIME-RANDOM.journal~`; the time is that of the first entry.
    private static final Pattern ARCHIVED =
            Pattern.compile(
                    ".*@(?:[0-9a-f]{32}-[0-9a-f]{16}-([0-9a-f]{16})\\.journal"
                            + "|([0-9a-f]{16})-[0-9a-f]{16}\\.journal~)");

    private static final Pattern CLOSED = Pattern.compile(".*: Permission denied");
    private static final Pattern NOT_THERE =
            Pattern.compile(".*: No such (file or directory|process)");

    static List<SpareFile> read(int number, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        List<SpareFile> files = new ArrayList<>();
        for (Line row : Lines.rows(number, captures)) {
            Matcher form = row.match(ROW, "blocks, path");
            files.add(new SpareFile(form.group(2), row.bytes(form.group(1), 512).value()));
        }
        for (Line error : Lines.errors(number, captures)) {
            if (error.has(CLOSED)) {
                gaps.add(
                        Bilingual.of(
                                "some folders are closed to this user; root sees them",
                                "部分目录当前用户无权查看；需要 root"));
            } else if (!error.has(NOT_THERE)) {
                gaps.add(Bilingual.of("not seen: " + error.text(), "未能看到：" + error.text()));
            }
        }
        if (captures.get(number - 1).truncated()) {
            gaps.add(Bilingual.of("there are more files than were kept", "文件太多，未能全部列出"));
        }
        return List.copyOf(files);
    }

    static Bytes sum(List<SpareFile> files) {
        return new Bytes(files.stream().mapToLong(SpareFile::bytes).sum());
    }

    static List<HostText> largest(List<SpareFile> files) {
        return files.stream()
                .sorted(
                        Comparator.comparingLong(SpareFile::bytes)
                                .reversed()
                                .thenComparing(SpareFile::path))
                .limit(MOST_NAMED)
                .map(file -> new HostText(file.path()))
                .toList();
    }

    /// What `journalctl --vacuum-size` removes: in each folder the archived files that begin first,
    /// until what stays fits. The active files, without `@` in their names, count, and always stay.
    static List<SpareFile> vacuumed(List<SpareFile> all, long keep) {
        Map<String, List<SpareFile>> byFolder = new TreeMap<>();
        all.forEach(file ->
                byFolder.computeIfAbsent(file.folder(), key -> new ArrayList<>()).add(file));
        List<SpareFile> going = new ArrayList<>();
        for (List<SpareFile> files : byFolder.values()) {
            long stays = sum(files).value();
            for (SpareFile oldest : archived(files)) {
                if (stays <= keep) {
                    break;
                }
                going.add(oldest);
                stays -= oldest.bytes();
            }
        }
        return going;
    }

    private static List<SpareFile> archived(List<SpareFile> files) {
        return files.stream()
                .filter(file -> ARCHIVED.matcher(file.path()).matches())
                .sorted(Comparator.comparing(SpareFile::begin))
                .toList();
    }

    private String folder() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /// As sixteen digits, so that they compare like numbers.
    private String begin() {
        Matcher form = ARCHIVED.matcher(path);
        return !form.matches() ? "" : form.group(1) == null ? form.group(2) : form.group(1);
    }
}
