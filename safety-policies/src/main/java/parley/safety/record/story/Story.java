package parley.safety.record.story;

import static java.util.Objects.requireNonNull;

import parley.safety.record.AuditReader;
import parley.safety.record.Content;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.tools.Language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One request as the record tells it.
public final class Story {
    private final String run;
    private final List<Recorded> entries;
    private final AuditReader reader;

    /// @param entries those of this run, oldest first; not empty
    public Story(String run, List<Recorded> entries, AuditReader reader) {
        this.run = requireNonNull(run, "run is null");
        this.entries = List.copyOf(entries);
        this.reader = requireNonNull(reader, "reader is null");
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a story without entries");
        }
    }

    /// The stories of entries of several runs, in the order in which they began. Entries of no run
    /// (the record's own) are left out.
    public static List<Story> all(List<Recorded> entries, AuditReader reader) {
        Map<String, List<Recorded>> runs = new LinkedHashMap<>();
        for (Recorded entry : entries) {
            if (!entry.run().isEmpty()) {
                runs.computeIfAbsent(entry.run(), ignored -> new ArrayList<>()).add(entry);
            }
        }
        return runs.entrySet().stream()
                .map(one -> new Story(one.getKey(), one.getValue(), reader))
                .toList();
    }

    public String run() {
        return run;
    }

    public List<Recorded> entries() {
        return entries;
    }

    public List<Recorded> entries(String type) {
        return entries.stream().filter(entry -> entry.type().equals(type)).toList();
    }

    private Optional<Recorded> first(String type) {
        return entries.stream().filter(entry -> entry.type().equals(type)).findFirst();
    }

    public Recorded begin() {
        return first("request").orElse(entries.getFirst());
    }

    public String operator() {
        return begin().actor();
    }

    /// What was typed.
    public String words() {
        return first("request").map(entry -> text(entry, "words")).orElse("");
    }

    public Language language() {
        return first("request")
                .filter(entry -> Fields.text(entry, "language").equals("ZH"))
                .map(entry -> Language.ZH)
                .orElse(Language.EN);
    }

    public Optional<Recorded> answer() {
        return entries.stream().filter(entry -> entry.type().equals("answer")).reduce((a, b) -> b);
    }

    /// How it ended: `done`, `denied`, …; `unfinished` where there is no answer.
    public String outcome() {
        return answer().map(Recorded::outcome).orElse("unfinished");
    }

    public Set<String> hosts() {
        return values("host");
    }

    public Set<String> tools() {
        return values("tool");
    }

    public Set<String> verdicts() {
        return values("verdict");
    }

    private Set<String> values(String field) {
        return entries.stream()
                .map(entry -> Fields.text(entry, field))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Its commands in the order in which they were judged.
    public List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        for (Recorded entry : entries) {
            switch (entry.type()) {
                case "policy.decision" ->
                        commands.add(
                                new Command(
                                        Optional.of(entry),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()));
                case "exec.intent" -> put(commands, entry, intended(commands, entry));
                case "exec.result", "exec.unknown" -> put(commands, entry, ended(commands, entry));
                case "exec.settled", "exec.ended" -> {
                    int at =
                            entry.type().equals("exec.ended")
                                    ? ended(commands, entry)
                                    : settled(commands, entry);
                    if (at >= 0) {
                        commands.set(at, commands.get(at).with(entry));
                    }
                }
                default -> {
                    // Everything else is about the request as a whole.
                }
            }
        }
        return List.copyOf(commands);
    }

    private static void put(List<Command> commands, Recorded entry, int at) {
        Command before =
                at >= 0
                        ? commands.get(at)
                        : new Command(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty());
        if (at >= 0) {
            commands.set(at, before.with(entry));
        } else {
            commands.add(before.with(entry));
        }
    }

    /// The judgement that an intent rests on: the newest of the same step that has none yet.
    private static int intended(List<Command> commands, Recorded entry) {
        for (int at = commands.size() - 1; at >= 0; at--) {
            Command one = commands.get(at);
            if (one.intent().isEmpty()
                    && one.decision()
                            .filter(decision -> same(decision, entry, "digest"))
                            .isPresent()) {
                return at;
            }
        }
        return -1;
    }

    private static int ended(List<Command> commands, Recorded entry) {
        long cause = Fields.number(entry, "cause");
        for (int at = commands.size() - 1; at >= 0; at--) {
            if (commands.get(at)
                    .intent()
                    .filter(intent -> intent.sequence() == cause)
                    .isPresent()) {
                return at;
            }
        }
        return -1;
    }

    private static int settled(List<Command> commands, Recorded entry) {
        long settles = Fields.number(entry, "settles");
        for (int at = 0; at < commands.size(); at++) {
            if (commands.get(at).end().filter(end -> end.sequence() == settles).isPresent()) {
                return at;
            }
        }
        return -1;
    }

    private static boolean same(Recorded one, Recorded other, String field) {
        return Fields.text(one, field).equals(Fields.text(other, field));
    }

    /// A body as text; what is erased, missing or altered is said in its place.
    public String text(Recorded entry, String role) {
        return text(reader, entry, role);
    }

    /// A body as text; empty where the entry names none.
    public static String text(AuditReader reader, Recorded entry, String role) {
        if (!entry.roles().contains(role)) {
            return "";
        }
        try {
            return switch (reader.content(entry, role)) {
                case Content.Present present -> new String(present.bytes(), StandardCharsets.UTF_8);
                case Content.Erased erased ->
                        "[erased, see entry " + erased.by() + " · 已清除，见条目 " + erased.by() + "]";
                case Content.Locked locked -> "[locked: the keys are not here · 无密钥，无法读取]";
                case Content.Missing missing -> "[missing · 缺失]";
            };
        } catch (RecordUnavailable altered) {
            return "[" + altered.why().en() + " · " + altered.why().zh() + "]";
        }
    }
}
