package parley.safety.record;

import java.nio.file.Path;

/// A recorder process; ends when it is killed.
final class Recording {
    private Recording() {}

    /// @param arguments the record's folder, the socket, the name of the auditor
    public static void main(String[] arguments) throws Exception {
        try (Recorder recorder =
                Recorder.open(
                        Path.of(arguments[0]),
                        Path.of(arguments[1]),
                        "recording",
                        arguments[2]::equals)) {
            System.out.println(recorder.greeting().en());
            System.out.flush();
            recorder.serve();
        }
    }
}
