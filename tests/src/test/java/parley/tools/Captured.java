package parley.tools;

import java.time.Duration;
import java.time.Instant;

/// Captures written by hand, for what no host at hand prints.
public final class Captured {
    private Captured() {}

    /// What `argv` printed, had it ended with 0.
    public static Capture of(Argv argv, String stdout) {
        return of(argv, 0, stdout, "");
    }

    public static Capture of(Argv argv, int exit, String stdout, String stderr) {
        return new Capture(
                argv,
                exit,
                stdout,
                stderr,
                stdout.length(),
                false,
                argv.privilege() != Argv.Privilege.LOGIN,
                Instant.parse("2026-11-21T14:00:00Z"),
                Duration.ofMillis(5));
    }

    /// The same capture, cut.
    public static Capture cut(Capture whole) {
        return new Capture(
                whole.argv(),
                whole.exit(),
                whole.stdout(),
                whole.stderr(),
                whole.stdoutBytes() + 1000,
                true,
                whole.asRoot(),
                whole.midpoint(),
                whole.took());
    }

    /// The same capture, had it run without root.
    public static Capture withoutRoot(Capture whole) {
        return new Capture(
                whole.argv(),
                whole.exit(),
                whole.stdout(),
                whole.stderr(),
                whole.stdoutBytes(),
                whole.truncated(),
                false,
                whole.midpoint(),
                whole.took());
    }
}
