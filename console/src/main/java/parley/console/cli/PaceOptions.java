package parley.console.cli;

import parley.console.settings.CannotStart;
import parley.safety.gate.Pace;
import parley.tools.Bilingual;

import picocli.CommandLine.Option;

/// How a change goes over several hosts, as options of a command.
final class PaceOptions {
    @Option(
            names = "--canary",
            paramLabel = "N",
            description = "a change on several hosts: so many go first (1); if one fails, it ends",
            defaultValue = "1")
    int canary = 1;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "a change on several hosts: so many at the same time (1)",
            defaultValue = "1")
    int atOnce = 1;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            description = "a change on several hosts: stop after so many failed (1)",
            defaultValue = "1")
    int maxFailures = 1;

    Pace pace() throws CannotStart {
        try {
            return new Pace(canary, atOnce, maxFailures);
        } catch (IllegalArgumentException bad) {
            throw new CannotStart(
                    Bilingual.of(
                            "--canary is 0 to 1000, --at-once and --max-failures are 1 to 1000",
                            "--canary 为 0 到 1000，--at-once 和 --max-failures 为 1 到 1000"),
                    2);
        }
    }
}
