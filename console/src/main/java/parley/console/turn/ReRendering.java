package parley.console.turn;

import parley.safety.record.AuditReader;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.tools.Argv;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Change;
import parley.tools.Composite;
import parley.tools.Following;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Tool;
import parley.tools.Unreadable;
import parley.tools.catalogue.Catalogue;
import parley.tools.catalogue.host.HostIdentify;
import parley.tools.schema.BadArguments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Renders recorded calls again with the tools of today, on what hosts printed then, and compares
/// the words with those that ran.
public final class ReRendering {
    private final Catalogue catalogue;
    private final AuditReader reader;
    private final Map<Long, Recorded> ends = new HashMap<>();
    private final Map<String, Platform> platforms = new HashMap<>();
    private final List<Rendered> rendered = new ArrayList<>();

    /// @param entries of the record from its beginning, or of one run with what identified its
    ///   hosts
    public ReRendering(Catalogue catalogue, AuditReader reader, List<Recorded> entries) {
        this.catalogue = catalogue;
        this.reader = reader;
        for (Recorded entry : entries) {
            if (entry.type().equals("exec.result")) {
                ends.put(Fields.number(entry, "cause"), entry);
            }
        }
    }

    /// How a command compares.
    ///
    /// @param again the words of today; empty when the call cannot be rendered any more
    /// @param why why there are none, in English, as far as that is known
    public record Rendered(Recorded intent, List<String> again, boolean same, String why) {
        public Rendered {
            again = List.copyOf(again);
        }
    }

    /// Renders all commands of one run.
    ///
    /// @param intents its `exec.intent` entries, oldest first
    public List<Rendered> all(List<Recorded> intents) throws RecordUnavailable {
        Map<String, List<Recorded>> calls = new LinkedHashMap<>();
        for (Recorded intent : intents) {
            String key =
                    Fields.text(intent, "host")
                            + "\0"
                            + Fields.text(intent, "tool")
                            + "\0"
                            + intent.header().path("arguments")
                            + "\0"
                            + Fields.text(intent, "purpose");
            calls.computeIfAbsent(key, ignored -> new ArrayList<>()).add(intent);
        }
        rendered.clear();
        for (List<Recorded> call : calls.values()) {
            call(call);
        }
        return List.copyOf(rendered);
    }

    private void call(List<Recorded> intents) throws RecordUnavailable {
        Recorded first = intents.getFirst();
        Optional<Tool<?, ?>> tool = catalogue.find(Fields.text(first, "tool"));
        if (tool.isEmpty()) {
            none(intents, "the tool is no longer in the catalogue");
            return;
        }
        try {
            rendered(Catalogue.bind(tool.get(), first.header().path("arguments")), intents);
        } catch (BadArguments changed) {
            none(intents, changed.why().en());
        }
    }

    private void none(List<Recorded> intents, String why) {
        intents.forEach(intent -> rendered.add(new Rendered(intent, List.of(), false, why)));
    }

    private <A extends Record> void rendered(Call<A> call, List<Recorded> intents)
            throws RecordUnavailable {
        switch (call.tool()) {
            case Observation<A, ?> observation -> observed(call, observation, intents);
            case Change<A, ?> change -> changed(call, change, intents);
            case Composite<A, ?> composite ->
                    none(intents, composite.name() + " runs nothing by itself");
        }
    }

    /// The same call may have been made several times: when it is done, it begins again.
    private <A extends Record, R extends Record> void observed(
            Call<A> call, Observation<A, R> tool, List<Recorded> intents) throws RecordUnavailable {
        String host = Fields.text(intents.getFirst(), "host");
        Platform platform = tool instanceof HostIdentify ? Platform.UNSEEN : platform(host);
        List<Capture> captures = new ArrayList<>();
        for (Recorded intent : intents) {
            Next next = next(call, tool, platform, captures);
            if (!(next instanceof Next.Run) && !captures.isEmpty()) {
                learn(call, tool, platform, captures, host);
                captures.clear();
                next = next(call, tool, platform, captures);
            }
            if (!(next instanceof Next.Run run)) {
                none(List.of(intent), "today the tool runs nothing here");
                continue;
            }
            compare(intent, run.argv());
            Recorded end = ends.get(intent.sequence());
            if (end != null && end.header().has("exit")) {
                captures.add(Replay.capture(reader, end, run.argv()));
            }
        }
        learn(call, tool, platform, captures, host);
    }

    private static <A extends Record> Next next(
            Call<A> call, Observation<A, ?> tool, Platform platform, List<Capture> captures) {
        return tool.next(call.arguments(), platform, List.copyOf(captures));
    }

    /// What a host was found to be is what its later commands were chosen by.
    private <A extends Record, R extends Record> void learn(
            Call<A> call,
            Observation<A, R> tool,
            Platform platform,
            List<Capture> captures,
            String host) {
        if (!(tool instanceof HostIdentify)) {
            return;
        }
        try {
            Reading<R> reading = tool.read(call.arguments(), platform, captures);
            if (reading.value() instanceof HostIdentify.Identity identity) {
                platforms.put(host, identity.platform());
            }
        } catch (Unreadable | RuntimeException incomplete) {
            // Then the platform stays what it was taken to be before.
            return;
        }
    }

    private Platform platform(String host) {
        return platforms.getOrDefault(host, Platform.UNSEEN);
    }

    private <A extends Record> void changed(Call<A> call, Change<A, ?> tool, List<Recorded> intents)
            throws RecordUnavailable {
        String host = Fields.text(intents.getFirst(), "host");
        var preview =
                new Replay(reader, intents.getFirst())
                        .preview(call, tool, platform(host), intents.getFirst().actor());
        List<Argv> now = new ArrayList<>(tool.commands(call.arguments(), preview));
        tool.following(call.arguments()).map(Following::clear).ifPresent(now::addAll);
        for (int index = 0; index < intents.size(); index++) {
            Recorded intent = intents.get(index);
            Optional<Argv> same = now.stream().filter(argv -> ran(intent, argv)).findFirst();
            if (same.isPresent()) {
                compare(intent, same.get());
            } else if (index < now.size()) {
                compare(intent, now.get(index));
            } else {
                none(List.of(intent), "today the change has fewer commands");
            }
        }
    }

    private void compare(Recorded intent, Argv argv) {
        rendered.add(new Rendered(intent, argv.words(), ran(intent, argv), ""));
    }

    /// The envelope before the words (time limit, clean environment, sudo) is the executor's.
    private static boolean ran(Recorded intent, Argv argv) {
        List<String> words = Fields.texts(intent, "argv");
        int envelope = words.size() - argv.words().size();
        return envelope >= 0 && words.subList(envelope, words.size()).equals(argv.words());
    }
}
