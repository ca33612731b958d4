package parley.tools.catalogue.host;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Composite;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Tool;
import parley.tools.catalogue.logs.JournalLines;
import parley.tools.catalogue.logs.LogJournal;
import parley.tools.catalogue.network.NetSockets;
import parley.tools.catalogue.packages.PackageLockStatus;
import parley.tools.catalogue.services.ServiceRestart;
import parley.tools.catalogue.storage.DiskLargest;
import parley.tools.schema.Arguments;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command of a tool that wants root, with sample names in it: what sudo is asked about.
///
/// @param tool its name
record SudoSample(String tool, Argv argv) {
    SudoSample {
        requireNonNull(tool, "tool is null");
        requireNonNull(argv, "argv is null");
    }

    /// One for each tool that is worth asking about, as far as it exists on such a host.
    static List<SudoSample> of(Platform platform) {
        List<SudoSample> samples = new ArrayList<>();
        for (Map.Entry<Tool<?, ?>, Map<String, String>> one :
                List.<Map.Entry<Tool<?, ?>, Map<String, String>>>of(
                        Map.entry(new DiskLargest(), Map.of("path", "/var")),
                        Map.entry(new LogJournal(), Map.of()),
                        Map.entry(new NetSockets(), Map.of()),
                        Map.entry(new PackageLockStatus(), Map.of()),
                        Map.entry(new ServiceRestart(), Map.of("unit", "nginx.service")))) {
            first(call(one.getKey(), one.getValue()), platform)
                    .or(() -> journal(one.getKey(), platform))
                    .ifPresent(argv -> samples.add(new SudoSample(one.getKey().name(), argv)));
        }
        return samples;
    }

    /// The journal's own command, which otherwise waits for the host's clock.
    private static Optional<Argv> journal(Tool<?, ?> tool, Platform platform) {
        return tool instanceof LogJournal
                ? Optional.of(JournalLines.newest(platform, 201, List.of("--since=-3600s")))
                : Optional.empty();
    }

    private static <A extends Record> Call<A> call(Tool<A, ?> tool, Map<String, String> arguments) {
        try {
            return new Call<>(
                    tool, Arguments.read(tool.arguments(), Json.mapper().valueToTree(arguments)));
        } catch (BadArguments refused) {
            throw new IllegalStateException("a sample is no call of " + tool.name(), refused);
        }
    }

    /// The first command, of those that depend on no output, which wants root.
    private static <A extends Record> Optional<Argv> first(Call<A> call, Platform platform) {
        Optional<Argv> first =
                switch (call.tool()) {
                    case Change<A, ?> change ->
                            change
                                    .commands(call.arguments(), Preview.unseen(platform, "parley"))
                                    .stream()
                                    .findFirst();
                    case Observation<A, ?> tool ->
                            tool.next(call.arguments(), platform, List.of()) instanceof Next.Run run
                                    ? Optional.of(run.argv())
                                    : Optional.empty();
                    case Composite<A, ?> ignored -> Optional.empty();
                };
        return first.filter(argv -> argv.privilege() != Argv.Privilege.LOGIN);
    }

    /// Asks sudo whether it would run it: 0 yes, 1 no, 127 there is no sudo.
    Argv question() {
        List<String> words = new ArrayList<>(List.of("sudo", "-n", "-l", "--"));
        words.addAll(argv.words());
        return Argv.of(words).alsoReadableWhenExit(1, 127);
    }
}
