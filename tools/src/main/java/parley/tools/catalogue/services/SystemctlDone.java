package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Set;

/// What systemd accepted and carried out: the commands, without the program's name.
///
/// `systemctl` prints nothing on standard output when a change is done. Exit 1 means that the job
/// failed, 3 that the unit cannot do this, 4 that it was not permitted, 5 that there is no such
/// unit. Exit 0 proves nothing; the checks of the change do.
public record SystemctlDone(@Means(en = "done", zh = "已执行") List<HostText> done) {
    private static final Set<Integer> CUT_OFF = Set.of(124, 137);

    public SystemctlDone {
        done = List.copyOf(done);
    }

    /// @throws Unreadable when a command failed, saying what it said first, or printed anything
    static SystemctlDone of(List<Capture> captures) throws Unreadable {
        check(captures);
        return new SystemctlDone(
                captures.stream().map(capture -> new HostText(what(capture))).toList());
    }

    /// @throws Unreadable as [#of]
    static void check(List<Capture> captures) throws Unreadable {
        for (Capture capture : captures) {
            if (capture.exit() != 0 && !CUT_OFF.contains(capture.exit())) {
                throw new Unreadable(refusal(capture));
            }
            capture.silent();
        }
    }

    /// `restart nginx.service`.
    private static String what(Capture capture) {
        return String.join(
                " ",
                capture.argv().words().stream()
                        .skip(1)
                        .filter(word ->
                                !List.of("--no-ask-password", "--no-pager", "--").contains(word))
                        .toList());
    }

    /// What systemctl said first; its last line only points to the log.
    private static Bilingual refusal(Capture capture) {
        List<String> lines = capture.stderr().lines().filter(line -> !line.isBlank()).toList();
        // What comes before a failure tells of scripts of the old init.
        String said =
                lines.stream()
                        .filter(line -> line.startsWith("Failed"))
                        .findFirst()
                        .orElse(lines.isEmpty() ? "" : lines.getFirst());
        String what = "systemctl " + what(capture);
        return Bilingual.of(
                what
                        + " failed with exit code "
                        + capture.exit()
                        + (said.isEmpty() ? "" : ": " + said),
                what + " 失败，退出码 " + capture.exit() + (said.isEmpty() ? "" : "：" + said));
    }
}
