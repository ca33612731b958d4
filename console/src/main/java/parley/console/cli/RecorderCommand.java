package parley.console.cli;

import parley.console.settings.Auditors;
import parley.console.settings.RecordPlace;
import parley.safety.gate.Sanitiser;
import parley.safety.record.Recorder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Keeps the record of a managed machine, as a user of its own, until it is stopped.
@Command(
        name = "recorder",
        description = "keep the record for others, as a user of its own (managed mode)",
        mixinStandardHelpOptions = true)
final class RecorderCommand extends Work {
    @Option(
            names = "--record",
            paramLabel = "FOLDER",
            description = "where to keep it (/var/lib/parley/record)")
    Path folder = RecordPlace.MANAGED;

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            description = "where to listen (/run/parley/recorder.sock)")
    Path socket = RecordPlace.SOCKET;

    @Option(names = "--unit", description = "print a systemd unit for it, and end")
    boolean unit;

    @Override
    int work(PrintStream out) throws Exception {
        if (unit) {
            out.print(unit());
            return 0;
        }
        try (Recorder recorder = Recorder.open(folder, socket, "parley recorder", new Auditors())) {
            Runtime.getRuntime().addShutdownHook(new Thread(recorder::close));
            out.println(Sanitiser.line(recorder.greeting().in(common.language())));
            recorder.serve();
        }
        return 0;
    }

    private static String unit() throws IOException {
        try (InputStream text =
                RecorderCommand.class.getResourceAsStream("/parley-recorder.service")) {
            if (text == null) {
                throw new IllegalStateException("the unit is not in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
