package parley.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.catalogue.Catalogue;
import parley.tools.schema.BadArguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Every command of the catalogue that wants root, as far as recordings and other arguments over
/// the same recordings reach.
public final class RootWords {
    /// What changes run as the login itself: the anchor's entry, and a look before and after a
    /// signal.
    private static final Set<String> AS_LOGIN = Set.of("logger", "grep", "tail");

    private RootWords() {}

    /// By tool; each command once.
    ///
    /// @param calls other arguments to try over the same recorded output
    public static Map<String, List<List<String>>> all(
            Function<Tool<?, ?>, List<ObjectNode>> calls) {
        Map<String, List<List<String>>> all = new TreeMap<>();
        for (Recording recording : Recording.all()) {
            Call<?> call = recording.call();
            take(all, call, recorded(call, recording));
            for (ObjectNode arguments : calls.apply(call.tool())) {
                ObjectNode merged = recording.description().required("arguments").deepCopy();
                merged.setAll(arguments);
                for (JsonNode one : List.of(arguments, merged)) {
                    bound(call.tool(), one)
                            .ifPresent(other -> take(all, other, asked(other, recording)));
                }
            }
        }
        return all;
    }

    /// Empty where the arguments do not go together.
    private static Optional<Call<?>> bound(Tool<?, ?> tool, JsonNode arguments) {
        try {
            return Optional.of(Catalogue.bind(tool, arguments));
        } catch (BadArguments refused) {
            return Optional.empty();
        }
    }

    private static void take(
            Map<String, List<List<String>>> all, Call<?> call, List<List<String>> commands) {
        List<List<String>> known =
                all.computeIfAbsent(call.tool().name(), name -> new ArrayList<>());
        commands.stream().filter(words -> !known.contains(words)).forEach(known::add);
    }

    /// What was recorded: of a change all of it, since changes do nothing without root.
    private static List<List<String>> recorded(Call<?> call, Recording recording) {
        if (call.tool() instanceof Composite<?, ?>) {
            return List.of();
        }
        boolean known = isKnown(call, recording);
        return Replay.captures(call, recording).stream()
                .map(Capture::argv)
                .filter(argv ->
                        (call.tool() instanceof Change<?, ?>
                                        && !known
                                        && !AS_LOGIN.contains(argv.program()))
                                || argv.privilege() != Argv.Privilege.LOGIN)
                .map(argv -> argv.words().stream().map(RootWords::joined).toList())
                .toList();
    }

    /// Whether the commands of a change can be made without its preview, and so say themselves what
    /// they want. Of the others only the words are recorded; all of those are root's.
    private static <A extends Record> boolean isKnown(Call<A> call, Recording recording) {
        return call.tool() instanceof Change<A, ?> change
                && !change.commands(call.arguments(), Preview.unseen(recording.platform(), "ann"))
                        .isEmpty();
    }

    /// Descriptions that were recorded when they still had spaces.
    private static String joined(String word) {
        String begin = "--description=Parley: ";
        int holder = word.indexOf(": ", begin.length());
        return word.startsWith(begin) && holder > 0
                ? word.substring(0, holder + 2) + word.substring(holder + 2).replace(' ', ',')
                : word;
    }

    /// What a call would ask if it met the same output; as far as it can make sense of it.
    private static <A extends Record> List<List<String>> asked(Call<A> call, Recording recording) {
        List<List<String>> words = new ArrayList<>();
        List<Recording.Command> recorded = recording.commands();
        List<Capture> captures = new ArrayList<>();
        switch (call.tool()) {
            // It asks through calls of its own, which are tools of the catalogue themselves.
            case Composite<A, ?> ignored -> {}
            case Change<A, ?> change ->
                    change
                            .commands(call.arguments(), Preview.unseen(recording.platform(), "ann"))
                            .stream()
                            .filter(argv -> argv.privilege() != Argv.Privilege.LOGIN)
                            .forEach(argv -> words.add(argv.words()));
            case Observation<A, ?> tool -> {
                while (captures.size() <= recorded.size()
                        && next(tool, call.arguments(), recording, captures)
                                instanceof Next.Run run) {
                    if (run.argv().privilege() != Argv.Privilege.LOGIN) {
                        words.add(run.argv().words());
                    }
                    // Output of another program would be no answer to it.
                    if (captures.size() == recorded.size()
                            || !alike(run.argv().words(), recorded.get(captures.size()).words())) {
                        break;
                    }
                    captures.add(recorded.get(captures.size()).of(run.argv()));
                }
            }
        }
        return words;
    }

    private static boolean alike(List<String> one, List<String> other) {
        return one.getFirst().equals(other.getFirst())
                && one.subList(0, Math.min(2, one.size()))
                        .equals(other.subList(0, Math.min(2, other.size())));
    }

    private static <A extends Record> Next next(
            Observation<A, ?> tool, A arguments, Recording recording, List<Capture> captures) {
        try {
            return tool.next(arguments, recording.platform(), List.copyOf(captures));
        } catch (RuntimeException otherOutput) {
            // It was not made for this output.
            return Next.done();
        }
    }
}
