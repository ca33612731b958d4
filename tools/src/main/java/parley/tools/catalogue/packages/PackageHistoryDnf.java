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

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageHistory] on hosts with dnf 4: `history list` for the numbers and flags (`EE`: a script
/// said something, well or not), then one `history info` for all of them: only the words tell
/// whether a script failed. Command lines are only whole in the second. Why a package is installed
/// is in neither.
final class PackageHistoryDnf {
    private static final int LIST = 3;
    private static final int MOST_LOOKED_INTO = 200;
    private static final Pattern ROW =
            Pattern.compile(" *(\\d{1,9}) \\|.*\\| *(\\d+) *([*#E<>]*) *");
    private static final Pattern FIELD = Pattern.compile("([A-Z][A-Za-z -]{0,20}?) *: ?(.*)");
    private static final Pattern SECTION = Pattern.compile("[A-Z][A-Za-z -]{0,60}:");
    private static final Pattern CHANGE =
            Pattern.compile(
                    " (?: |\\*\\*) *(Reason Change|[A-Z][A-Za-z-]+)"
                            + " +(\\S+)-([^-\\s]+)-([^-\\s]+)\\.([^.\\s]+)(?: +(\\S+))?");
    private static final Pattern OURS = Pattern.compile("parley:([0-9a-f]{6,128})");
    private static final Pattern ENDED = Pattern.compile("(.+\\d{4})(?: \\(.*\\))?");
    private static final DateTimeFormatter PRINTED =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

    /// One transaction as `history info` prints it.
    private record Block(Map<String, Line> fields, List<Line> changes, List<Line> output) {
        static Block empty() {
            return new Block(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private static final Pattern SCRIPT_FAILED =
            Pattern.compile("(scriptlet|lua script) failed|Error in [A-Z]+ scriptlet");

    private PackageHistoryDnf() {}

    /// The commands known so far.
    static List<Argv> commands(PackageHistory.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(HostClock.commands());
        Argv list = Dnf.cached("history", "list");
        commands.add(list);
        arguments.name().ifPresent(name -> commands.add(list.plus(name.value())));
        if (soFar.size() >= commands.size()) {
            List<String> ids = ids(arguments, soFar);
            if (!ids.isEmpty()) {
                Argv info = Dnf.cached("history", "info");
                commands.add(info.plus(ids.toArray(String[]::new)));
            }
        }
        return commands;
    }

    /// The transactions to look into, the newest first. Asked about a package, dnf leaves out those
    /// that failed: they are looked into, too.
    private static List<String> ids(PackageHistory.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        Map<String, String> all = flags(LIST, captures);
        if (arguments.name().isEmpty()) {
            return all.keySet().stream().limit(arguments.most()).toList();
        }
        Set<String> named = flags(LIST + 1, captures).keySet();
        return all.entrySet().stream()
                .filter(one -> named.contains(one.getKey()) || !one.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .limit(MOST_LOOKED_INTO)
                .toList();
    }

    /// The flags of every transaction by number, the newest first. dnf says nothing at all about a
    /// package it has never touched.
    private static Map<String, String> flags(int number, List<Capture> captures) throws Unreadable {
        sound(captures.get(number - 1));
        Map<String, String> flags = new LinkedHashMap<>();
        List<Line> lines = Lines.whole(number, captures);
        for (int index = 0; index < lines.size(); index++) {
            Line line = lines.get(index);
            boolean heading = index == 0 && line.text().startsWith("ID ");
            boolean rule = index == 1 && line.text().matches("-+");
            if (!heading && !rule) {
                Matcher row = line.match(ROW, "a transaction in five columns");
                flags.put(row.group(1), row.group(3));
            }
        }
        return flags;
    }

    private static void sound(Capture capture) throws Unreadable {
        if (Dnf.lacksCache(capture)) {
            throw new Unreadable(Bilingual.of("dnf refused to show its history", "dnf 拒绝显示历史"));
        }
    }

    static Reading<PackageHistoryTransactions> read(
            PackageHistory.Arguments arguments, List<Capture> captures) throws Unreadable {
        HostClock clock = HostClock.read(1, captures);
        Map<String, String> flags = flags(LIST, captures);
        List<String> ids = ids(arguments, captures);
        List<Transaction> found = new ArrayList<>();
        if (!ids.isEmpty()) {
            sound(captures.getLast());
            for (Block block : blocks(Lines.whole(captures.size(), captures))) {
                found.add(transaction(block, flags, clock));
            }
            found.sort((one, other) -> Long.compare(number(other), number(one)));
        }
        List<Bilingual> gaps = new ArrayList<>();
        int shown = found.size();
        boolean cut = captures.stream().anyMatch(Capture::truncated);
        if (shown != ids.size() || cut || ids.size() == MOST_LOOKED_INTO) {
            gaps.add(
                    Bilingual.of(
                            "only {0} transactions could be looked into",
                            "只能查看 {0} 个事务的详情", shown));
        }
        found.removeIf(
                one -> arguments.name().filter(name -> !one.concerns(name.value())).isPresent());
        int matching = arguments.name().isPresent() ? found.size() : flags.size();
        PackageHistoryTransactions value =
                new PackageHistoryTransactions(
                        found.stream().limit(arguments.most()).toList(),
                        new HostText(clock.zoneName()),
                        matching > arguments.most(),
                        clock.now());
        return Reading.of(value, found.isEmpty(), gaps);
    }

    private static long number(Transaction one) {
        return Long.parseLong(one.id().value());
    }

    private static List<Block> blocks(List<Line> lines) throws Unreadable {
        List<Block> blocks = new ArrayList<>(List.of(Block.empty()));
        String section = "";
        for (Line line : lines) {
            Block block = blocks.getLast();
            if (line.text().matches("-{20,}")) {
                blocks.add(Block.empty());
                section = "";
            } else if (line.has(SECTION) && !block.fields().isEmpty()) {
                section = line.text();
            } else if (line.text().startsWith(" ") && section.equals("Packages Altered:")) {
                block.changes().add(line);
            } else if (line.text().startsWith(" ") && !section.isEmpty()) {
                block.output().add(line);
            } else {
                String field = line.match(FIELD, "Field : value").group(1);
                if (blocks.getLast().fields().put(field, line) != null) {
                    throw line.refused("each field once");
                }
            }
        }
        blocks.removeIf(block -> block.fields().isEmpty());
        return blocks;
    }

    private static Optional<String> value(Block block, String field) throws Unreadable {
        Optional<Line> line = Optional.ofNullable(block.fields().get(field));
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String value = line.get().match(FIELD, "Field : value").group(2).strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static Line line(Block block, String field) throws Unreadable {
        Optional<Line> line = Optional.ofNullable(block.fields().get(field));
        if (line.isEmpty()) {
            throw block.fields().values().iterator().next().refused("a transaction with " + field);
        }
        return line.get();
    }

    private static Transaction transaction(Block block, Map<String, String> flags, HostClock clock)
            throws Unreadable {
        Line head = line(block, "Transaction ID");
        String id = Long.toString(head.whole(value(block, "Transaction ID").orElse("")));
        boolean succeeded = value(block, "Return-Code").orElse("").equals("Success");
        // Scripts also say that all went well; a flag without any words is not explained away.
        boolean script =
                block.output().isEmpty()
                        ? flags.getOrDefault(id, "").contains("E")
                        : block.output().stream()
                                .anyMatch(line -> SCRIPT_FAILED.matcher(line.text()).find());
        List<HostText> trouble = new ArrayList<>();
        if (script || !succeeded) {
            for (Line line : block.output()) {
                trouble.add(new HostText(line.text().strip().replaceFirst("^\\d+ ", "")));
            }
        }
        Optional<String> end = value(block, "End time");
        String command = value(block, "Command Line").orElse("");
        Matcher ours = OURS.matcher(value(block, "Comment").orElse(""));
        return new Transaction(
                new HostText(id),
                clock.at(time(line(block, "Begin time"))),
                end.isPresent()
                        ? Optional.of(clock.at(time(line(block, "End time"))))
                        : Optional.empty(),
                value(block, "User").map(HostText::new),
                !succeeded ? Status.ERROR : script ? Status.PARTIAL : Status.OK,
                new HostText(Secrets.mask(command)),
                actions(block.changes()),
                trouble,
                ours.matches() ? Optional.of(new HostText(ours.group(1))) : Optional.empty());
    }

    /// `Sat Nov 21 17:08:26 2026 (2 seconds)`.
    private static LocalDateTime time(Line line) throws Unreadable {
        String text = line.match(FIELD, "Field : value").group(2).strip();
        Matcher moment = ENDED.matcher(text.replaceAll(" +", " "));
        try {
            if (moment.matches()) {
                return LocalDateTime.parse(moment.group(1), PRINTED);
            }
        } catch (DateTimeParseException refused) {
            throw line.refused("a date and time");
        }
        throw line.refused("a date and time");
    }

    /// Joins the two lines that dnf prints for an upgrade: `Upgrade a-2` and `Upgraded a-1`.
    private static List<Action> actions(List<Line> lines) throws Unreadable {
        Map<String, HostText> before = new HashMap<>();
        for (Line line : lines) {
            Matcher change = line.match(CHANGE, "operation, package, repository");
            if (change.group(1).matches("Upgraded|Downgraded|Reinstalled")) {
                before.put(change.group(2) + "." + change.group(5), version(change));
            }
        }
        List<Action> actions = new ArrayList<>();
        for (Line line : lines) {
            Matcher change = line.match(CHANGE, "operation, package, repository");
            Optional<Operation> operation = operation(line, change.group(1));
            if (operation.isPresent()) {
                actions.add(
                        action(
                                operation.get(),
                                change,
                                Optional.ofNullable(
                                        before.get(change.group(2) + "." + change.group(5))),
                                line.text().startsWith(" **")));
            }
        }
        return actions;
    }

    /// Empty for the other half of a pair.
    private static Optional<Operation> operation(Line line, String word) throws Unreadable {
        return switch (word) {
            case "Install", "Dep-Install", "True-Install", "Obsoleting" ->
                    Optional.of(Operation.INSTALL);
            case "Upgrade", "Update" -> Optional.of(Operation.UPGRADE);
            case "Downgrade" -> Optional.of(Operation.DOWNGRADE);
            case "Reinstall" -> Optional.of(Operation.REINSTALL);
            case "Removed", "Remove", "Erase" -> Optional.of(Operation.REMOVE);
            case "Obsoleted" -> Optional.of(Operation.OBSOLETE);
            case "Reason Change" -> Optional.of(Operation.MARK);
            case "Upgraded", "Updated", "Downgraded", "Reinstalled" -> Optional.empty();
            default -> throw line.refused("an operation that is known");
        };
    }

    private static HostText version(Matcher change) {
        return new HostText(change.group(3) + "-" + change.group(4));
    }

    private static Action action(
            Operation operation, Matcher change, Optional<HostText> before, boolean failed) {
        Optional<HostText> stated = Optional.of(version(change));
        boolean gone = operation == Operation.REMOVE || operation == Operation.OBSOLETE;
        Optional<HostText> repository =
                Optional.ofNullable(change.group(6))
                        .filter(text -> !gone && !text.equals("@@System"))
                        .map(text -> new HostText(text.replaceFirst("^@", "")));
        return new Action(
                operation,
                new HostText(change.group(2)),
                new HostText(change.group(5)),
                gone || operation == Operation.MARK ? stated : before,
                gone ? Optional.empty() : stated,
                Optional.empty(),
                repository,
                failed);
    }
}
