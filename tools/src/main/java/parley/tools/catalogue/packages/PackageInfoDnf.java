package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Family;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.WholeLines;
import parley.tools.value.BadValue;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// [PackageInfo] on hosts with dnf 4: `rpm -q` (exit 1: not installed) and `dnf -C repoquery`; for
/// a path `rpm -qf` (exit 1: nobody owns it) before them. Where another manager keeps the rpm
/// database, rpm alone is asked, and what is offered stays unknown.
final class PackageInfoDnf {
    private static final String INSTALLED =
            "%{NAME}|%{EPOCHNUM}|%{VERSION}|%{RELEASE}|%{ARCH}|%{SIZE}|%{SOURCERPM}|%{LICENSE}|%{URL}"
                + "|%{SUMMARY}\\n";
    static final String OFFERED =
            "%{name}|%{epoch}|%{version}|%{release}|%{arch}|%{repoid}|%{sourcerpm}|%{installsize}"
                    + "|%{url}|%{summary}";
    private static final int COLUMNS = 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");
    private static final String UNOWNED = " is not owned by any package";

    private PackageInfoDnf() {}

    /// The commands known so far.
    ///
    /// @param asksDnf whether dnf is asked what is offered
    static List<Argv> commands(
            PackageInfo.Arguments arguments, List<Capture> soFar, boolean asksDnf)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>();
        arguments
                .path()
                .ifPresent(path ->
                        commands.add(
                                Argv.of("rpm", "-qf", "--qf", "%{NAME}\\n", "--", path.value())
                                        .alsoReadableWhenExit(1)));
        name(arguments, owners(arguments, soFar))
                .ifPresent(name -> {
                    commands.add(
                            Argv.of("rpm", "-q", "--qf", INSTALLED, "--", name.value())
                                    .alsoReadableWhenExit(1));
                    if (asksDnf) {
                        commands.add(Dnf.cached("repoquery", "--qf", OFFERED, "--", name.value()));
                    }
                });
        return commands;
    }

    private static Optional<PackageName> name(
            PackageInfo.Arguments arguments, List<HostText> owners) {
        if (arguments.name().isPresent() || owners.size() != 1) {
            return arguments.name();
        }
        try {
            return Optional.of(new PackageName(owners.getFirst().value()));
        } catch (BadValue refused) {
            return Optional.empty();
        }
    }

    private static List<HostText> owners(PackageInfo.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        if (arguments.path().isEmpty() || captures.isEmpty()) {
            return List.of();
        }
        Capture rpm = Dnf.sound(captures.getFirst().readable());
        TreeSet<String> owners = new TreeSet<>();
        List<String> lines = WholeLines.of(rpm);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (NAME.matcher(line).matches()) {
                owners.add(line);
            } else if (!line.equals("file " + arguments.path().get() + UNOWNED)) {
                throw Unreadable.line(rpm.argv(), index + 1, "a package name", line);
            }
        }
        return owners.stream().map(HostText::new).toList();
    }

    static Reading<PackageFacts> read(PackageInfo.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        List<HostText> owners = owners(arguments, captures);
        Optional<PackageName> name = name(arguments, owners);
        if (name.isEmpty()) {
            return Reading.of(PackageFacts.ofOwners(owners), owners.isEmpty(), List.of());
        }
        Capture dnf = captures.getLast();
        Capture rpm = Dnf.sound(captures.get(captures.size() - 2).readable());
        String text = name.get().value();
        List<List<String>> installed = installed(rpm, text);
        List<List<String>> offered = new ArrayList<>();
        List<Bilingual> gaps = new ArrayList<>();
        if (Dnf.lacksCache(dnf)) {
            gaps.add(Dnf.noCache());
        } else {
            Dnf.rows(dnf, COLUMNS).stream()
                    .filter(row -> row.getFirst().equals(text))
                    .forEach(offered::add);
        }
        PackageFacts facts = facts(text, owners, rpm, installed, dnf, offered);
        return Reading.of(facts, facts.isNothing(), gaps);
    }

    /// What rpm alone tells.
    static Reading<PackageFacts> readInstalled(
            PackageInfo.Arguments arguments, List<Capture> captures, Family family)
            throws Unreadable {
        List<HostText> owners = owners(arguments, captures);
        Optional<PackageName> name = name(arguments, owners);
        if (name.isEmpty()) {
            return Reading.of(PackageFacts.ofOwners(owners), owners.isEmpty(), List.of());
        }
        Capture rpm = Dnf.sound(captures.getLast().readable());
        String text = name.get().value();
        PackageFacts facts = facts(text, owners, rpm, installed(rpm, text), rpm, List.of());
        return Reading.of(
                facts,
                List.of(
                        Bilingual.of(
                                "only what is installed was read; what {0} offers is not supported"
                                        + " yet",
                                "只读取了已安装的内容；目前不支持查询 {0} 提供的版本", family.word())));
    }

    private static List<List<String>> installed(Capture rpm, String name) throws Unreadable {
        String absent = "package " + name + " is not installed";
        return rpm.stdout().strip().equals(absent)
                ? List.of()
                : Dnf.rows(rpm, COLUMNS).stream()
                        .filter(row -> row.getFirst().equals(name))
                        .toList();
    }

    private static PackageFacts facts(
            String name,
            List<HostText> owners,
            Capture rpm,
            List<List<String>> installed,
            Capture dnf,
            List<List<String>> offered)
            throws Unreadable {
        List<PackageFacts.Installed> present = new ArrayList<>();
        Optional<RpmVersion> newest = Optional.empty();
        for (List<String> row : installed) {
            RpmVersion version = Dnf.version(rpm, row, 1);
            newest =
                    newest.filter(best -> best.compareTo(version) >= 0)
                            .or(() -> Optional.of(version));
            present.add(
                    new PackageFacts.Installed(
                            new HostText(version.text()),
                            new HostText(row.get(4)),
                            new HostText("installed"),
                            false));
        }
        List<PackageFacts.Offer> offers = new ArrayList<>();
        for (List<String> row : offered) {
            RpmVersion version = Dnf.version(dnf, row, 1);
            newest =
                    newest.filter(best -> best.compareTo(version) >= 0)
                            .or(() -> Optional.of(version));
            offers.add(
                    new PackageFacts.Offer(
                            new HostText(version.text()),
                            new HostText(row.get(5)),
                            Optional.empty()));
        }
        List<List<String>> both = new ArrayList<>(installed);
        both.addAll(offered);
        Optional<List<String>> first = both.stream().findFirst();
        boolean onHost = !installed.isEmpty();
        return new PackageFacts(
                first.map(row -> new HostText(name)),
                owners,
                present,
                newest.map(version -> new HostText(version.text())),
                offers,
                first.flatMap(row -> text(row, 9)),
                first.flatMap(row -> text(row, 8)),
                first.filter(row -> onHost).flatMap(row -> text(row, 7)),
                first.flatMap(row -> text(row, onHost ? 5 : 7))
                        .map(HostText::value)
                        .filter(bytes -> bytes.matches("[0-9]{1,18}"))
                        .map(bytes -> new Bytes(Long.parseLong(bytes))),
                first.flatMap(row -> text(row, 6)));
    }

    private static Optional<HostText> text(List<String> row, int column) {
        return Optional.of(row.get(column))
                .filter(value -> !value.isEmpty() && !value.equals("(none)"))
                .map(HostText::new);
    }
}
