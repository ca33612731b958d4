package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Action;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Operation;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Status;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Transaction;
import parley.tools.read.HostClock;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.read.Secrets;
import parley.tools.value.HostText;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageHistory] on Debian and its kin: `/var/log/apt/history.log` and the rotated ones before
/// it, one `zcat -f` each, the newest first, until there are enough. apt gives its transactions no
/// number: the local time of the start names them.
final class PackageHistoryApt {
    private static final String FOLDER = "/var/log/apt";
    private static final int FIND = 3;
    private static final int MOST_FILES = 20;
    private static final Pattern FILE =
            Pattern.compile("history\\.log(?:\\.(\\d{1,4}))?(?:\\.gz)?");
    private static final Pattern FIELD = Pattern.compile("([A-Z][A-Za-z-]{1,30}): ?(.*)");
    private static final Pattern ITEM =
            Pattern.compile(
                    "([^ :,()]+):([^ :,()]+) \\(([^(),]+)(?:, ([^(),]+))?(?:, ([^(),]+))?\\)");
    private static final Pattern OURS =
            Pattern.compile("(?:^|.* )Parley::Plan=([0-9a-f]{6,128})(?: .*|$)");
    private static final DateTimeFormatter PRINTED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd  HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);
    private static final Map<String, Operation> OPERATIONS =
            Map.of(
                    "Install", Operation.INSTALL,
                    "Upgrade", Operation.UPGRADE,
                    "Downgrade", Operation.DOWNGRADE,
                    "Reinstall", Operation.REINSTALL,
                    "Remove", Operation.REMOVE,
                    "Purge", Operation.PURGE);

    /// The fields of one transaction, each with the line it stands on.
    private record Stanza(Line head, Map<String, Line> fields) {
        Optional<String> value(String field) {
            return Optional.ofNullable(fields.get(field))
                    .map(line -> line.text().substring(field.length() + 1).strip());
        }
    }

    private PackageHistoryApt() {}

    /// The commands known so far.
    static List<Argv> commands(PackageHistory.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(HostClock.commands());
        commands.add(
                Argv.of(
                                "find",
                                FOLDER,
                                "-maxdepth",
                                "1",
                                "-name",
                                "history.log*",
                                "-printf",
                                "%s|%f\\n")
                        .betterAsRoot()
                        .alsoReadableWhenExit(1));
        if (soFar.size() >= FIND) {
            List<String> files = files(soFar);
            int read = soFar.size() - FIND;
            boolean enough = found(arguments, soFar).size() > arguments.most();
            int wanted = enough ? read : Math.min(MOST_FILES, files.size());
            files.stream().limit(wanted).forEach(file -> commands.add(cat(file)));
        }
        return commands;
    }

    private static Argv cat(String file) {
        return Argv.of("zcat", "-f", "--", FOLDER + "/" + file)
                .betterAsRoot()
                .keeping(4 * 1024 * 1024)
                .alsoReadableWhenExit(1, 2);
    }

    /// The files that hold anything, the newest first.
    private static List<String> files(List<Capture> captures) throws Unreadable {
        Map<String, Integer> ages = new HashMap<>();
        for (Line line : Lines.of(FIND, captures)) {
            String[] columns = line.text().split("\\|", 2);
            if (columns.length != 2) {
                throw line.refused("size|name");
            }
            Matcher name = FILE.matcher(columns[1]);
            // others are copies that a person made
            if (name.matches() && line.whole(columns[0]) > 0) {
                Optional<String> number = Optional.ofNullable(name.group(1));
                ages.put(columns[1], number.map(Integer::parseInt).orElse(0));
            }
        }
        return ages.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    static Reading<PackageHistoryTransactions> read(
            PackageHistory.Arguments arguments, List<Capture> captures) throws Unreadable {
        HostClock clock = HostClock.read(1, captures);
        List<String> files = files(captures);
        List<Transaction> found = found(arguments, captures);
        List<Bilingual> gaps = gaps(files, captures);
        int most = arguments.most();
        boolean unread = captures.size() - FIND < files.size();
        if (unread && found.size() <= most) {
            gaps.add(
                    Bilingual.of(
                            "only the newest {0} files of the history were read",
                            "只读取了最新的 {0} 个历史文件", MOST_FILES));
        }
        PackageHistoryTransactions value =
                new PackageHistoryTransactions(
                        found.stream().limit(most).toList(),
                        new HostText(clock.zoneName()),
                        found.size() > most,
                        clock.now());
        return Reading.of(value, found.isEmpty(), gaps);
    }

    private static List<Bilingual> gaps(List<String> files, List<Capture> captures) {
        List<Bilingual> gaps = new ArrayList<>();
        if (files.isEmpty()) {
            gaps.add(
                    Bilingual.of(
                            "there is no history in {0}: it was never written, or removed",
                            "{0} 中没有历史记录：从未写入，或已被删除", FOLDER));
        }
        for (Capture capture : captures.subList(FIND - 1, captures.size())) {
            String file = capture.argv().words().getLast();
            if (capture.exit() != 0) {
                String said = capture.stderr().lines().findFirst().orElse("");
                gaps.add(
                        Bilingual.of(
                                "part of the history could not be read: " + said,
                                "部分历史无法读取：" + said));
            } else if (capture.truncated()) {
                gaps.add(
                        Bilingual.of(
                                file + " is too long: the newest of its transactions were not read",
                                file + " 过长：其中最新的事务没有读到"));
            }
        }
        return gaps;
    }

    /// The transactions asked for in the files read so far, the newest first.
    private static List<Transaction> found(
            PackageHistory.Arguments arguments, List<Capture> captures) throws Unreadable {
        HostClock clock = HostClock.read(1, captures);
        List<Stanza> stanzas = new ArrayList<>();
        for (int number = captures.size(); number > FIND; number--) {
            stanzas.addAll(stanzas(Lines.whole(number, captures)));
        }
        Map<String, Integer> sameSecond = new HashMap<>();
        List<Transaction> found = new ArrayList<>();
        for (Stanza stanza : stanzas) {
            LocalDateTime start = time(stanza.head());
            int count = sameSecond.merge(start.format(ID), 1, Integer::sum);
            String id = start.format(ID) + (count > 1 ? "." + count : "");
            found.add(transaction(stanza, id, clock));
        }
        found.removeIf(
                one -> arguments.name().filter(name -> !one.concerns(name.value())).isPresent());
        List<Transaction> newestFirst = new ArrayList<>(found.reversed());
        // a clock that was set back leaves them out of order; the sort keeps equal ones as written
        newestFirst.sort(Comparator.comparing(Transaction::start).reversed());
        return newestFirst;
    }

    private static List<Stanza> stanzas(List<Line> lines) throws Unreadable {
        List<Stanza> stanzas = new ArrayList<>();
        for (Line line : lines) {
            if (line.text().isBlank()) {
                continue;
            }
            String field = line.match(FIELD, "Field: value").group(1);
            if (field.equals("Start-Date")) {
                stanzas.add(new Stanza(line, new LinkedHashMap<>()));
            } else if (stanzas.isEmpty()) {
                throw line.refused("Start-Date");
            } else {
                stanzas.getLast().fields().put(field, line);
            }
        }
        return stanzas;
    }

    private static LocalDateTime time(Line line) throws Unreadable {
        String text = line.text().substring(line.text().indexOf(':') + 1).strip();
        try {
            return LocalDateTime.parse(text, PRINTED);
        } catch (DateTimeParseException refused) {
            throw line.refused("a date and time");
        }
    }

    private static Transaction transaction(Stanza stanza, String id, HostClock clock)
            throws Unreadable {
        List<Action> actions = new ArrayList<>();
        for (Map.Entry<String, Line> field : stanza.fields().entrySet()) {
            Optional<Operation> operation = Optional.ofNullable(OPERATIONS.get(field.getKey()));
            if (operation.isPresent()) {
                actions.addAll(actions(operation.get(), field.getValue()));
            }
        }
        Optional<Line> end = Optional.ofNullable(stanza.fields().get("End-Date"));
        Optional<Instant> ended =
                end.isPresent() ? Optional.of(clock.at(time(end.get()))) : Optional.empty();
        List<HostText> trouble =
                stanza.value("Error").map(HostText::new).map(List::of).orElse(List.of());
        String command = stanza.value("Commandline").orElse("");
        Matcher ours = OURS.matcher(command);
        return new Transaction(
                new HostText(id),
                clock.at(time(stanza.head())),
                ended,
                stanza.value("Requested-By").map(HostText::new),
                ended.isPresent() && trouble.isEmpty() ? Status.OK : Status.ERROR,
                new HostText(Secrets.mask(command)),
                actions,
                trouble,
                ours.matches() ? Optional.of(new HostText(ours.group(1))) : Optional.empty());
    }

    /// `a:amd64 (1.0, automatic), b:amd64 (1.0, 1.1)`.
    private static List<Action> actions(Operation operation, Line line) throws Unreadable {
        List<Action> actions = new ArrayList<>();
        String text = line.text().substring(line.text().indexOf(':') + 1).strip();
        for (String item : text.split("(?<=\\)), ")) {
            Matcher form = ITEM.matcher(item);
            if (!form.matches()) {
                throw line.refused("name:architecture (version)");
            }
            actions.add(action(operation, form));
        }
        return actions;
    }

    private static Action action(Operation operation, Matcher item) {
        Optional<HostText> first = Optional.of(new HostText(item.group(3)));
        Optional<String> second = Optional.ofNullable(item.group(4));
        boolean automatic = second.filter("automatic"::equals).isPresent() || item.group(5) != null;
        Optional<HostText> other =
                second.filter(one -> !one.equals("automatic")).map(HostText::new);
        Optional<HostText> from =
                switch (operation) {
                    case INSTALL -> Optional.empty();
                    case UPGRADE, DOWNGRADE, REINSTALL, REMOVE, PURGE, OBSOLETE, MARK -> first;
                };
        Optional<HostText> to =
                switch (operation) {
                    case INSTALL, REINSTALL -> first;
                    case UPGRADE, DOWNGRADE -> other;
                    case REMOVE, PURGE, OBSOLETE, MARK -> Optional.empty();
                };
        Optional<HostText> reason =
                operation == Operation.INSTALL
                        ? Optional.of(new HostText(automatic ? "dependency" : "user"))
                        : Optional.empty();
        return new Action(
                operation,
                new HostText(item.group(1)),
                new HostText(item.group(2)),
                from,
                to,
                reason,
                Optional.empty(),
                false);
    }
}
