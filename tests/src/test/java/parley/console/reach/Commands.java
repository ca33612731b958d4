package parley.console.reach;

import parley.safety.gate.Permit;
import parley.safety.gate.Step;
import parley.safety.gate.TestPermits;
import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Host;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Any command as a permitted step, for tests of what runs it.
final class Commands {
    /// No arguments, no contents.
    record Nothing() {}

    private static final class Anything implements Observation<Nothing, Nothing> {
        @Override
        public Card card() {
            return Card.observe(
                    "host.test",
                    "host",
                    Bilingual.of("Run a test's command", "执行测试命令"),
                    Card.provenOn(Family.APT),
                    Bilingual.of("test", "测试"));
        }

        @Override
        public Class<Nothing> arguments() {
            return Nothing.class;
        }

        @Override
        public Next next(Nothing arguments, Platform platform, List<Capture> soFar) {
            return Next.done();
        }

        @Override
        public Reading<Nothing> read(Nothing given, Platform platform, List<Capture> captures) {
            return Reading.ok(new Nothing());
        }

        @Override
        public List<Finding> findings(Nothing arguments, Reading<Nothing> reading) {
            return List.of();
        }
    }

    private Commands() {}

    static Permit permit(Host host, Argv argv) {
        return permit(host, argv, Step.Elevation.NONE);
    }

    static Permit permit(Host host, Argv argv, Step.Elevation elevation) {
        return TestPermits.of(
                new Step(
                        new Call<>(new Anything(), new Nothing()),
                        host,
                        argv,
                        elevation,
                        Step.Purpose.CALL,
                        Map.of()));
    }

    /// A command that runs until it is ended, and that [#lives] finds by `marker`.
    static Argv endless(String marker) {
        return Argv.of("sh", "-c", "while :; do sleep 0.2; done", marker);
    }

    /// Whether a process with `marker` in its words is alive on this machine.
    static boolean lives(String marker) throws IOException, InterruptedException {
        Process pgrep = new ProcessBuilder("pgrep", "-f", "--", marker).start();
        if (!pgrep.waitFor(10, TimeUnit.SECONDS)) {
            throw new IOException("pgrep hangs");
        }
        return pgrep.exitValue() == 0;
    }

    /// Waits until the loop of [#endless] itself runs, not only the shells before it.
    static boolean runs(String marker) throws IOException, InterruptedException {
        return becomes(true, "^sh -c while .*" + marker, 10);
    }

    /// Waits until `lives(marker)` is `expected`.
    static boolean becomes(boolean expected, String marker, int seconds)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            if (lives(marker) == expected) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return lives(marker) == expected;
    }
}
