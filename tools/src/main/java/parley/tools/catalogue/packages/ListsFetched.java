package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How a host fetches its package lists anew. Without `--error-on=any` apt-get ends with 0 although
/// every list failed; with it, with 100. dnf ends with 1, and with 200 where it may not wait for
/// its lock.
final class ListsFetched {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    private ListsFetched() {}

    static Argv apt() {
        return Argv.of(
                        "apt-get",
                        "-q",
                        "-o",
                        "Acquire::Retries=0",
                        "-o",
                        "Acquire::http::Timeout=10",
                        "-o",
                        "Acquire::https::Timeout=10",
                        "update",
                        "--error-on=any")
                .asRoot()
                .within(TIME_LIMIT)
                .keeping(1024 * 1024)
                .alsoReadableWhenExit(100);
    }

    static Argv dnf() {
        return Argv.of("dnf", "-q", "--setopt=exit_on_lock=True", "makecache", "--refresh")
                .asRoot()
                .within(TIME_LIMIT)
                .keeping(1024 * 1024)
                .alsoReadableWhenExit(1, Dnf.LOCKED);
    }

    /// Nothing when all lists were fetched; else what the package manager said first.
    static List<Bilingual> gaps(Capture fetched) throws Unreadable {
        fetched.readable();
        if (fetched.exit() == 0) {
            return List.of();
        }
        String said =
                Stream.concat(fetched.stderr().lines(), fetched.stdout().lines())
                        .filter(line -> line.startsWith("E: ") || line.startsWith("Error"))
                        .findFirst()
                        .orElse("exit code " + fetched.exit());
        return List.of(
                Bilingual.of(
                        "the package lists could not be fetched anew ({0})",
                        "软件包列表未能刷新（{0}）", said));
    }

    /// Why nothing can be read, beginning with why nothing was fetched.
    static Unreadable both(Bilingual gap, Unreadable unreadable) {
        return new Unreadable(Bilingual.of("{0}; {1}", "{0}；{1}", gap, unreadable.why()));
    }
}
