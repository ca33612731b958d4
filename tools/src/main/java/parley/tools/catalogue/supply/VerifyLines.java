package parley.tools.catalogue.supply;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.supply.ChangedFiles.Changed;
import parley.tools.catalogue.supply.ChangedFiles.Difference;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines of `rpm -V`, which `dpkg -V` prints in the same form: nine flags, a letter for the
/// kind of file, the path; or `missing`. dpkg marks with `?` all that it never compares, rpm only
/// what it could not read.
record VerifyLines(List<Changed> files, long documentation, long unreadable, boolean cut) {
    static final int MOST_FILES = 200;
    static final int MOST_LOOKED_UP = 40;
    private static final Pattern FORM =
            Pattern.compile(
                    "(missing  |[.?SM5DLUGTP]{8,9}) +(?:([cdglnra]) )? *(/.*?)( \\([A-Z][a-z"
                            + " ]+\\))?");
    private static final Pattern DOCUMENTATION =
            Pattern.compile("/usr/share/(doc|man|locale|info|help|gtk-doc|lintian)(/.*)?");
    private static final Map<Character, Difference> FLAGS =
            Map.of(
                    'S', Difference.SIZE,
                    'M', Difference.MODE,
                    '5', Difference.DIGEST,
                    'D', Difference.DEVICE,
                    'L', Difference.LINK,
                    'U', Difference.OWNER,
                    'G', Difference.GROUP,
                    'T', Difference.MTIME,
                    'P', Difference.CAPABILITIES);

    static VerifyLines read(int number, List<Capture> captures, boolean rpm) throws Unreadable {
        List<Changed> files = new ArrayList<>();
        long documentation = 0;
        long unreadable = 0;
        for (Line line : Lines.whole(number, captures)) {
            Matcher form = line.match(FORM, "nine flags and a path");
            Optional<String> kind = Optional.ofNullable(form.group(2));
            String path = form.group(3);
            List<Difference> changes = changes(form.group(1));
            boolean paper =
                    kind.filter("d"::equals).isPresent() || DOCUMENTATION.matcher(path).matches();
            boolean closed =
                    form.group(4) != null
                            || (rpm ? form.group(1).contains("?") : changes.isEmpty());
            if (closed) {
                unreadable++;
            }
            // a closed folder makes its files look missing
            boolean seen = form.group(4) == null && !changes.isEmpty();
            if (seen && paper && changes.contains(Difference.MISSING)) {
                documentation++;
            } else if (seen && kind.filter("g"::equals).isEmpty()) {
                files.add(
                        new Changed(
                                new HostText(path),
                                Optional.empty(),
                                kind.filter("c"::equals).isPresent(),
                                changes,
                                line.at()));
            }
        }
        return new VerifyLines(
                files, documentation, unreadable, captures.get(number - 1).truncated());
    }

    private static List<Difference> changes(String flags) {
        if (flags.startsWith("missing")) {
            return List.of(Difference.MISSING);
        }
        return flags.chars()
                .mapToObj(flag -> FLAGS.get((char) flag))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    /// Paths whose package is worth a question; none that a program could take for a pattern.
    List<String> toLookUp() {
        return files.stream()
                .map(one -> one.path().value())
                .filter(path -> path.matches("/[A-Za-z0-9._/+@:,=~ -]{1,400}"))
                .limit(MOST_LOOKED_UP)
                .toList();
    }

    ChangedFiles with(List<String> checked, List<String> notInstalled, Map<String, String> owners) {
        List<Changed> named =
                files.stream()
                        .limit(MOST_FILES)
                        .map(one ->
                                new Changed(
                                        one.path(),
                                        Optional.ofNullable(owners.get(one.path().value()))
                                                .map(HostText::new),
                                        one.config(),
                                        one.changes(),
                                        one.evidence()))
                        .toList();
        return new ChangedFiles(
                checked.stream().map(HostText::new).toList(),
                notInstalled.stream().map(HostText::new).toList(),
                named,
                documentation,
                files.size() - named.size());
    }

    void gaps(List<Bilingual> gaps) {
        if (unreadable > 0) {
            gaps.add(
                    Bilingual.of(
                            "{0} files could not be read without root",
                            "没有 root 权限，有 {0} 个文件无法读取", unreadable));
        }
        if (cut) {
            gaps.add(
                    Bilingual.of(
                            "the output was cut: more files differ than were read",
                            "输出过长被截断：变动的文件多于已读取的数量"));
        }
    }
}
