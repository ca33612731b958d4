package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Next;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.RepairNeeds.Action;
import parley.tools.catalogue.packages.RepairNeeds.Fix;
import parley.tools.read.WholeLines;
import parley.tools.value.AbsolutePath;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageRepairPlan] with dnf 4 and rpm. `dnf check` ends with 1 when it found something and
/// names it on standard output; `dnf --assumeno` ends with 1 for a plan it showed and for an error
/// alike, and only *Operation aborted* tells them apart. `rpm --verifydb` needs root.
final class PackageRepairDnf {
    private static final String DUPLICATE = " is a duplicate with ";
    private static final List<String> HOMES = List.of("/var/lib/rpm", "/usr/lib/sysimage/rpm");
    private static final Pattern SECTION =
            Pattern.compile("(Reinstalling|Installing|Upgrading|Downgrading|Removing)( .*)?:");
    private static final Pattern ROW =
            Pattern.compile(" (\\S+) +(\\S+) +(\\S+) +(\\S+) +[0-9.]+ [kMG]? *");
    private static final Pattern REPLACED = Pattern.compile(" +replacing +(\\S+) (\\S+)");

    private PackageRepairDnf() {}

    private static Argv home() {
        return Argv.of("rpm", "--eval", "%_dbpath");
    }

    private static Argv age(AbsolutePath home) {
        return Argv.of("stat", "--format=%Y", "--", home.value());
    }

    private static Argv verify() {
        return Argv.of("rpm", "--verifydb")
                .betterAsRoot()
                .within(Duration.ofMinutes(1))
                .alsoReadableWhenExit(1, 2, 255);
    }

    private static Argv check() {
        return Dnf.cached("check");
    }

    private static Argv dedupe() {
        return Argv.of(
                        "dnf",
                        "-C",
                        "--setopt=exit_on_lock=True",
                        "--assumeno",
                        "remove",
                        "--duplicates")
                .betterAsRoot()
                .within(Duration.ofMinutes(1))
                .alsoReadableWhenExit(1);
    }

    static Next next(List<Capture> soFar) {
        try {
            List<Argv> commands = new ArrayList<>();
            commands.add(home());
            if (!soFar.isEmpty()) {
                commands.add(age(home(soFar.getFirst())));
                commands.add(verify());
                commands.add(check());
            }
            if (soFar.size() == 4
                    && unsound(soFar.get(2)).isEmpty()
                    && problems(soFar.get(3)).stream().anyMatch(line -> line.contains(DUPLICATE))) {
                commands.add(dedupe());
            }
            return soFar.size() < commands.size()
                    ? Next.run(commands.get(soFar.size()))
                    : Next.done();
        } catch (Unreadable leftToRead) {
            return Next.done();
        }
    }

    /// Where rpm keeps its database: one of the two places that distributions use.
    private static AbsolutePath home(Capture capture) throws Unreadable {
        String path = capture.readable().stdout().strip();
        if (!HOMES.contains(path)) {
            throw Unreadable.line(capture.argv(), 1, String.join(" or ", HOMES), path);
        }
        try {
            return new AbsolutePath(path);
        } catch (BadValue refused) {
            throw new Unreadable(refused.why());
        }
    }

    static Reading<RepairNeeds> read(List<Capture> captures) throws Unreadable {
        AbsolutePath home = home(captures.getFirst());
        String age = captures.get(1).readable().stdout().strip();
        if (!age.matches("[0-9]{1,12}")) {
            throw Unreadable.line(captures.get(1).argv(), 1, "seconds since 1970", age);
        }
        List<Bilingual> gaps = new ArrayList<>();
        Capture verified = captures.get(2);
        boolean hidden = !verified.asRoot() && verified.exit() != 0;
        Optional<HostText> database = hidden ? Optional.empty() : unsound(verified);
        if (hidden) {
            gaps.add(
                    Bilingual.of(
                            "whether rpm's database is sound is for root to see only",
                            "只有 root 才能检查 rpm 数据库是否完好"));
        }
        List<HostText> unmet = new ArrayList<>();
        List<HostText> duplicates = new ArrayList<>();
        if (database.isEmpty()) {
            for (String line : problems(captures.get(3))) {
                (line.contains(DUPLICATE) ? duplicates : unmet).add(new HostText(line));
            }
        }
        List<Fix> fixes = new ArrayList<>();
        Optional<HostText> refusal = Optional.empty();
        if (captures.size() > 4) {
            Capture plan = captures.get(4).readable();
            if (plan.stdout().contains("Operation aborted.")
                    || plan.stderr().contains("Operation aborted.")) {
                fixes.addAll(fixes(plan));
            } else {
                refusal =
                        Optional.of(
                                plan.stderr()
                                        .lines()
                                        .filter(line -> line.startsWith("Error"))
                                        .map(HostText::new)
                                        .findFirst()
                                        .orElseThrow(() ->
                                                Unreadable.line(
                                                        plan.argv(),
                                                        1,
                                                        "a plan or an error",
                                                        "none")));
            }
        }
        RepairNeeds needs =
                new RepairNeeds(
                        List.of(),
                        unmet,
                        duplicates,
                        database,
                        fixes,
                        refusal,
                        Optional.of(new HostText(home + ".parley-" + age)));
        return Reading.of(needs, needs.isSound(), gaps);
    }

    private static Optional<HostText> unsound(Capture verified) throws Unreadable {
        verified.readable();
        if (verified.exit() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new HostText(
                        verified.stderr()
                                .lines()
                                .filter(line -> line.startsWith("error: "))
                                .findFirst()
                                .orElse("rpm --verifydb: " + verified.exit())));
    }

    private static List<String> problems(Capture check) throws Unreadable {
        Dnf.sound(check.readable());
        List<String> problems =
                WholeLines.of(check).stream().filter(line -> !line.isBlank()).toList();
        boolean found = check.stderr().contains("Check discovered ");
        if (check.exit() == 1 && (!found || problems.isEmpty())) {
            String said = check.stderr().lines().findFirst().orElse("");
            throw new Unreadable(
                    Bilingual.of(
                            "dnf check ended with exit code 1 and named no problem: " + said,
                            "dnf check 退出码 1，却没有说明问题：" + said));
        }
        return problems;
    }

    private static List<Fix> fixes(Capture plan) throws Unreadable {
        List<Fix> fixes = new ArrayList<>();
        Optional<Action> section = Optional.empty();
        List<String> lines = WholeLines.of(plan);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.startsWith("Transaction Summary")) {
                break;
            }
            Matcher header = SECTION.matcher(line);
            Matcher row = ROW.matcher(line);
            Matcher replaced = REPLACED.matcher(line);
            if (header.matches()) {
                section =
                        Optional.of(
                                header.group(1).equals("Removing")
                                        ? Action.REMOVE
                                        : Action.INSTALL);
            } else if (section.isPresent() && replaced.matches()) {
                fixes.add(
                        new Fix(
                                Action.REMOVE,
                                new HostText(replaced.group(1)),
                                new HostText(replaced.group(2))));
            } else if (section.isPresent() && row.matches()) {
                fixes.add(
                        new Fix(
                                section.get(),
                                new HostText(row.group(1)),
                                new HostText(row.group(3))));
            } else if (section.isPresent() && line.startsWith(" ")) {
                throw Unreadable.line(plan.argv(), index + 1, "a row of the plan", line);
            }
        }
        return fixes;
    }
}
