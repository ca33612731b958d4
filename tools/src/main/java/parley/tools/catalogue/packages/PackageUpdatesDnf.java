package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.HostTime;
import parley.tools.read.WholeLines;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageUpdates] on hosts with dnf 4: `repoquery --upgrades`, of which the newest of each
/// package counts, and the advisories of `updateinfo`. The age is that of the oldest repository's
/// metadata, which dnf touches whenever it refreshes. Repositories without advisories say nothing
/// about security: then that is unknown. Updates that `versionlock` keeps out are told apart, since
/// `repoquery` lists them all the same. An enabled repository whose lists were never fetched makes
/// the reading partial.
final class PackageUpdatesDnf {
    private static final int COLUMNS = 6;
    private static final int UPGRADES = 2;
    private static final int LOCKS = 6;
    private static final int REPOSITORIES = 7;
    private static final int ALL = 8;
    private static final String NO_PLUGIN = "No such command: versionlock";
    private static final Pattern REPOSITORY = Pattern.compile("(\\S+) +(\\S.*)");
    private static final Pattern ADVISORY = Pattern.compile("(?:i )? *(\\S+) +(\\S+) +(\\S+)");
    private static final Pattern NEVRA = Pattern.compile("(.+)-([^-]+)-([^-]+)\\.([^.]+)");

    /// What advisories say about one package: identifiers, and the gravest word.
    private record Advice(Set<HostText> identifiers, Set<HostText> severities, boolean security) {}

    /// A version that `versionlock` keeps a package at: `0:1.0-1.tb9`.
    private record Lock(HostText name, String version) {}

    private PackageUpdatesDnf() {}

    /// The commands known so far.
    static List<Argv> commands(List<Capture> soFar) {
        List<Argv> commands =
                new ArrayList<>(
                        List.of(
                                Argv.of("date", "+%s"),
                                lists(),
                                Dnf.cached(
                                        "repoquery",
                                        "--upgrades",
                                        "--qf",
                                        "%{name}|%{epoch}|%{version}|%{release}|%{arch}|%{repoid}"),
                                Argv.of(
                                                "rpm",
                                                "-qa",
                                                "--qf",
                                                "%{NAME}|%{EPOCHNUM}|%{VERSION}|%{RELEASE}|%{ARCH}|\\n")
                                        .keeping(1024 * 1024),
                                Dnf.cached("updateinfo", "list", "--updates"),
                                Dnf.cached("updateinfo", "list", "--updates", "--with-cve"),
                                Dnf.cached("versionlock", "list"),
                                Dnf.cached("repolist", "--enabled")));
        boolean silent =
                soFar.size() >= commands.size()
                        && soFar.get(4).exit() == 0
                        && soFar.get(4).stdout().isBlank();
        if (silent) {
            commands.add(Dnf.cached("updateinfo", "list", "--all"));
        }
        return commands;
    }

    /// When the lists of each repository were fetched.
    static Argv lists() {
        return Argv.of(
                        "find",
                        "/var/cache/dnf",
                        "-maxdepth",
                        "3",
                        "-name",
                        "repomd.xml",
                        "-printf",
                        "%Ts|%P\\n")
                .alsoReadableWhenExit(1);
    }

    static Reading<PendingUpdates> read(List<Capture> captures) throws Unreadable {
        Capture date = captures.getFirst().readable();
        Instant asked = HostTime.ofEpoch(date.argv(), 1, date.stdout().strip());
        Capture upgrades = captures.get(UPGRADES);
        if (Dnf.lacksCache(upgrades)) {
            throw new Unreadable(Dnf.noCache());
        }
        Map<String, Advice> advisories = advice(captures.get(4));
        Map<String, Advice> cves = advice(captures.get(5));
        boolean advised = captures.size() <= ALL || !captures.get(ALL).stdout().isBlank();
        List<PendingUpdates.Update> updates =
                updates(upgrades, Dnf.sound(captures.get(3).readable()), advisories, cves, advised);
        List<Bilingual> gaps = new ArrayList<>();
        if (!advised) {
            gaps.add(
                    Bilingual.of(
                            "no repository of this host publishes advisories, so which updates mend"
                                    + " security holes is unknown",
                            "该主机的软件源没有发布安全公告，无法得知哪些是安全更新"));
        }
        if (captures.stream().anyMatch(Capture::truncated)) {
            gaps.add(
                    Bilingual.of(
                            "the output was cut: there are more updates than were read",
                            "输出过长被截断：更新多于已读取的数量"));
        }
        gaps.addAll(skipped(captures.get(REPOSITORIES), captures.get(1)));
        List<Lock> locks = locks(captures.get(LOCKS));
        List<PendingUpdates.Update> kept =
                updates.stream().filter(one -> isKept(one, locks)).toList();
        updates.removeAll(kept);
        PendingUpdates value =
                new PendingUpdates(
                        updates,
                        locks.stream().map(Lock::name).distinct().toList(),
                        kept.stream().map(PendingUpdates.Update::name).distinct().toList(),
                        oldest(captures.get(1).readable()),
                        asked);
        return Reading.of(value, updates.isEmpty() && kept.isEmpty(), gaps);
    }

    /// The packages that `versionlock` keeps; without that plugin none. A line with `!` keeps one
    /// version out instead.
    private static List<Lock> locks(Capture capture) throws Unreadable {
        if (capture.exit() == 1 && capture.stderr().contains(NO_PLUGIN)) {
            return List.of();
        }
        List<Lock> locks = new ArrayList<>();
        List<String> lines = Dnf.lacksCache(capture) ? List.of() : WholeLines.of(capture);
        for (int index = 0; index < lines.size(); index++) {
            Matcher form = NEVRA.matcher(lines.get(index));
            if (!form.matches()) {
                throw Unreadable.line(
                        capture.argv(), index + 1, "name-version-release.*", lines.get(index));
            }
            if (!form.group(1).startsWith("!")) {
                locks.add(
                        new Lock(new HostText(form.group(1)), form.group(2) + "-" + form.group(3)));
            }
        }
        return locks;
    }

    /// Whether a lock keeps the host from this version.
    private static boolean isKept(PendingUpdates.Update update, List<Lock> locks) {
        List<Lock> own = locks.stream().filter(one -> one.name().equals(update.name())).toList();
        return !own.isEmpty()
                && own.stream()
                        .noneMatch(one ->
                                one.version().replaceFirst("^0:", "").equals(update.to().value()));
    }

    /// Enabled repositories whose lists were never fetched: dnf passes over those that it may skip
    /// without a word.
    private static List<Bilingual> skipped(Capture repositories, Capture fetched)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<String> lines = Dnf.lacksCache(repositories) ? List.of() : WholeLines.of(repositories);
        for (int index = 1; index < lines.size(); index++) {
            Matcher row = REPOSITORY.matcher(lines.get(index));
            if (!row.matches()) {
                throw Unreadable.line(
                        repositories.argv(), index + 1, "repository and name", lines.get(index));
            }
            String id = row.group(1);
            boolean there =
                    fetched.lines().stream()
                            .anyMatch(line ->
                                    line.matches(
                                            "[0-9]+\\|" + Pattern.quote(id) + "-[0-9a-f]{16}/.*"));
            if (!there) {
                gaps.add(
                        Bilingual.of(
                                "the lists of the repository {0} were never fetched, so its updates"
                                        + " are not known",
                                "软件源 {0} 的软件包列表从未获取，无法得知其中的更新", id));
            }
        }
        return gaps;
    }

    static Optional<Instant> oldest(Capture find) throws Unreadable {
        Optional<Instant> oldest = Optional.empty();
        List<String> lines = WholeLines.of(find);
        for (int index = 0; index < lines.size(); index++) {
            String[] columns = lines.get(index).split("\\|", 2);
            if (columns.length != 2) {
                throw Unreadable.line(find.argv(), index + 1, "time|path", lines.get(index));
            }
            Instant at = HostTime.ofEpoch(find.argv(), index + 1, columns[0]);
            oldest = oldest.filter(best -> best.isBefore(at)).or(() -> Optional.of(at));
        }
        return oldest;
    }

    /// The newest offer of each package and architecture.
    private static List<PendingUpdates.Update> updates(
            Capture upgrades,
            Capture rpm,
            Map<String, Advice> advisories,
            Map<String, Advice> cves,
            boolean advised)
            throws Unreadable {
        Map<String, RpmVersion> installed = new HashMap<>();
        for (List<String> row : Dnf.rows(rpm, COLUMNS)) {
            installed.merge(key(row), Dnf.version(rpm, row, 1), PackageUpdatesDnf::newer);
        }
        Map<String, List<String>> newest = new HashMap<>();
        for (List<String> row : Dnf.rows(upgrades, COLUMNS)) {
            Optional<List<String>> known = Optional.ofNullable(newest.get(key(row)));
            boolean replaces =
                    known.isEmpty()
                            || Dnf.version(upgrades, row, 1)
                                            .compareTo(Dnf.version(upgrades, known.get(), 1))
                                    > 0;
            if (replaces) {
                newest.put(key(row), row);
            }
        }
        List<PendingUpdates.Update> updates = new ArrayList<>();
        for (List<String> row : newest.values()) {
            Optional<Advice> advice = Optional.ofNullable(advisories.get(key(row)));
            updates.add(
                    new PendingUpdates.Update(
                            new HostText(row.getFirst()),
                            Optional.ofNullable(installed.get(key(row)))
                                    .map(version -> new HostText(version.text())),
                            new HostText(Dnf.version(upgrades, row, 1).text()),
                            new HostText(row.get(4)),
                            new HostText(row.get(5)),
                            advised
                                    ? Optional.of(advice.filter(Advice::security).isPresent())
                                    : Optional.empty(),
                            advice.flatMap(one -> one.severities().stream().findFirst()),
                            advice.map(one -> List.copyOf(one.identifiers())).orElse(List.of()),
                            Optional.ofNullable(cves.get(key(row)))
                                    .map(one -> List.copyOf(one.identifiers()))
                                    .orElse(List.of())));
        }
        return updates;
    }

    private static RpmVersion newer(RpmVersion one, RpmVersion other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /// Name and architecture of a row of `rpm` or `repoquery`.
    private static String key(List<String> row) {
        return row.getFirst() + "." + row.get(4);
    }

    /// `TBSA-2026:0001 Important/Sec. foo-1.1-1.noarch`, by name and architecture.
    private static Map<String, Advice> advice(Capture capture) throws Unreadable {
        Map<String, Advice> advice = new HashMap<>();
        if (Dnf.lacksCache(capture)) {
            return advice;
        }
        List<String> lines = WholeLines.of(capture);
        for (int index = 0; index < lines.size(); index++) {
            Matcher row = ADVISORY.matcher(lines.get(index).stripTrailing());
            if (!row.matches()) {
                throw Unreadable.line(
                        capture.argv(), index + 1, "advisory type package", lines.get(index));
            }
            Matcher nevra = NEVRA.matcher(row.group(3));
            if (!nevra.matches()) {
                throw Unreadable.line(
                        capture.argv(), index + 1, "name-version-release.arch", row.group(3));
            }
            String type = row.group(2);
            boolean security = type.endsWith("/Sec.");
            Advice one =
                    advice.computeIfAbsent(
                            nevra.group(1) + "." + nevra.group(4),
                            _ -> new Advice(new LinkedHashSet<>(), new LinkedHashSet<>(), false));
            one.identifiers().add(new HostText(row.group(1)));
            if (security) {
                one.severities().add(new HostText(type.replace("/Sec.", "")));
                advice.put(
                        nevra.group(1) + "." + nevra.group(4),
                        new Advice(one.identifiers(), one.severities(), true));
            }
        }
        return advice;
    }
}
