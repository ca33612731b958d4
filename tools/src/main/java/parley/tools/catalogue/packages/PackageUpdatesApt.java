package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.HostTime;
import parley.tools.read.WholeLines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageUpdates] on Debian and its kin: what `apt-get upgrade` simulates, with new packages
/// allowed, as a kernel's update needs. An update is one for security when its origin says so.
///
/// The age is that of the newest of apt's folders of lists: measured on apt 2.6, each successful
/// `apt-get update` touches one of them even when no list changed. `apt-mark showhold` names what
/// is locked. When nothing is to be upgraded, `apt-cache policy` tells whether there are lists at
/// all.
final class PackageUpdatesApt {
    private static final Pattern INSTALL =
            Pattern.compile(
                    "Inst (\\S+)(?: \\[([^\\]]*)\\])? \\((\\S+) (.*?) \\[([^\\]]+)\\]\\)(?: .*)?");
    private static final Pattern SUMMARY =
            Pattern.compile("(\\d{1,9}) upgraded, (\\d{1,9}) newly installed, (\\d+) to remove .*");
    private static final String KEPT_BACK = "The following packages have been kept back:";
    private static final String LISTS = "/var/lib/apt/lists";

    /// What the simulation says.
    private record Simulated(List<PendingUpdates.Update> updates, List<HostText> keptBack) {}

    private PackageUpdatesApt() {}

    /// The commands known so far.
    static List<Argv> commands(List<Capture> soFar) {
        List<Argv> commands =
                new ArrayList<>(
                        List.of(
                                Argv.of("date", "+%s"),
                                lists(),
                                simulation(),
                                Argv.of("apt-mark", "showhold")));
        boolean nothing =
                soFar.size() >= commands.size()
                        && soFar.get(2).lines().stream().noneMatch(one -> one.startsWith("Inst "));
        if (nothing) {
            commands.add(AptPolicy.sources());
        }
        return commands;
    }

    /// When the lists were fetched.
    static Argv lists() {
        return Argv.of(
                        "stat",
                        "--format=%Y|%n",
                        "--",
                        LISTS,
                        LISTS + "/partial",
                        "/var/lib/apt/periodic/update-success-stamp")
                .alsoReadableWhenExit(1);
    }

    private static Argv simulation() {
        return Argv.of(
                        "apt-get",
                        "-s",
                        "-q",
                        "-o",
                        "Debug::NoLocking=1",
                        "--with-new-pkgs",
                        "upgrade")
                .within(Duration.ofMinutes(2))
                .keeping(1024 * 1024);
    }

    static Reading<PendingUpdates> read(List<Capture> captures) throws Unreadable {
        Capture date = captures.getFirst().readable();
        Instant asked = HostTime.ofEpoch(date.argv(), 1, date.stdout().strip());
        Optional<Instant> lists = newest(captures.get(1).readable());
        Simulated simulated = simulated(captures.get(2).readable());
        List<HostText> held =
                WholeLines.of(captures.get(3).readable()).stream().map(HostText::new).toList();
        List<Bilingual> gaps = new ArrayList<>();
        boolean asksLists = captures.size() > 4;
        if (asksLists && !AptPolicy.hasLists(captures.get(4))) {
            gaps.add(AptPolicy.noLists());
        }
        if (captures.get(2).truncated()) {
            gaps.add(
                    Bilingual.of(
                            "the output was cut: there are more updates than were read",
                            "输出过长被截断：更新多于已读取的数量"));
        }
        PendingUpdates value =
                new PendingUpdates(simulated.updates(), held, simulated.keptBack(), lists, asked);
        boolean nothing = simulated.updates().isEmpty() && simulated.keptBack().isEmpty();
        return Reading.of(value, nothing, gaps);
    }

    static Optional<Instant> newest(Capture stat) throws Unreadable {
        Optional<Instant> newest = Optional.empty();
        List<String> lines = WholeLines.of(stat);
        for (int index = 0; index < lines.size(); index++) {
            String[] columns = lines.get(index).split("\\|", 2);
            if (columns.length != 2) {
                throw Unreadable.line(stat.argv(), index + 1, "time|path", lines.get(index));
            }
            Instant at = HostTime.ofEpoch(stat.argv(), index + 1, columns[0]);
            newest = newest.filter(best -> best.isAfter(at)).or(() -> Optional.of(at));
        }
        return newest;
    }

    /// Prose until the line that counts, then only `Inst`, `Conf` and `Remv`; as many `Inst` as
    /// were counted.
    private static Simulated simulated(Capture capture) throws Unreadable {
        List<PendingUpdates.Update> updates = new ArrayList<>();
        List<HostText> keptBack = new ArrayList<>();
        long counted = -1;
        boolean listsKept = false;
        List<String> lines = WholeLines.of(capture);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            Matcher summary = SUMMARY.matcher(line);
            if (counted < 0 && summary.matches()) {
                counted = Long.parseLong(summary.group(1)) + Long.parseLong(summary.group(2));
            } else if (counted < 0) {
                listsKept = line.equals(KEPT_BACK) || (listsKept && line.startsWith("  "));
                if (listsKept && line.startsWith("  ")) {
                    for (String name : line.strip().split(" +")) {
                        keptBack.add(new HostText(name));
                    }
                }
            } else if (line.startsWith("Inst ")) {
                updates.add(update(capture, index + 1, line));
            } else if (!line.startsWith("Conf ") && !line.startsWith("Remv ")) {
                throw Unreadable.line(capture.argv(), index + 1, "Inst, Conf or Remv", line);
            }
        }
        if (counted < 0 || (counted != updates.size() && !capture.truncated())) {
            throw new Unreadable(
                    Bilingual.of(
                            "apt-get counted {0} upgrades and listed {1}",
                            "apt-get 统计了 {0} 个升级，却列出 {1} 个", counted, updates.size()));
        }
        return new Simulated(updates, keptBack);
    }

    private static PendingUpdates.Update update(Capture capture, int number, String line)
            throws Unreadable {
        Matcher matcher = INSTALL.matcher(line);
        if (!matcher.matches()) {
            throw Unreadable.line(
                    capture.argv(), number, "Inst name [old] (new origin [arch])", line);
        }
        String origin = matcher.group(4);
        return new PendingUpdates.Update(
                new HostText(matcher.group(1)),
                Optional.ofNullable(matcher.group(2)).map(HostText::new),
                new HostText(matcher.group(3)),
                new HostText(matcher.group(5)),
                new HostText(origin),
                Optional.of(origin.toLowerCase(Locale.ROOT).contains("security")),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
