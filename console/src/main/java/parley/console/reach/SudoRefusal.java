package parley.console.reach;

import parley.safety.gate.Step;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Host;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells a command that failed from a sudo that refused to start it, and says which line of sudoers
/// would allow exactly this command.
final class SudoRefusal {
    /// What sudo prints in the C locale when it does not run the command.
    private static final Pattern REFUSED =
            Pattern.compile(
                    "sudo: (a password is required|a terminal is required.*|.*you must have a tty.*"
                            + "|no tty present.*|interactive authentication is required)"
                            + "|.* is not in the sudoers file\\..*"
                            + "|.* is not allowed to run sudo on .*"
                            + "|Sorry, user .* is not allowed to execute .*"
                            + "|Sorry, user .* may not run sudo on .*");

    /// What a shell, and `env`, exit with when there is no such program.
    private static final int NOT_FOUND = 127;

    private static final Pattern MISSING =
            Pattern.compile(
                    "(/usr/bin/)?env: .?sudo.?: No such file or directory|.*sudo: not found");

    /// A step's words are fixed when it is judged, and they are `sudo -n`: no password can follow.
    private static final Bilingual NO_PASSWORD =
            Bilingual.of(
                    "`become: ask` stands in the inventory, but Parley asks for no sudo password"
                            + " yet. ",
                    "清单中写了 `become: ask`，但 Parley 目前不会询问 sudo 密码。");

    private SudoRefusal() {}

    /// The capture as it is to be read: to a login that may do little, sudo refuses what is not
    /// installed in the same words as what is not permitted. Where there is no such program, that
    /// is what the capture says then, in our words behind sudo's.
    ///
    /// @throws NotRun when sudo refused, so that nothing ran
    static Capture check(Step step, Capture capture, Machine machine) throws NotRun {
        if (step.elevation() != Step.Elevation.SUDO
                || capture.exit() == 0
                || capture.stdoutBytes() > 0) {
            return capture;
        }
        List<String> said = capture.stderr().lines().map(String::strip).toList();
        if (said.stream().anyMatch(line -> MISSING.matcher(line).matches())) {
            throw missing(step);
        }
        Optional<String> refusal =
                said.stream().filter(line -> REFUSED.matcher(line).matches()).findFirst();
        if (refusal.isEmpty()) {
            return capture;
        }
        if (isMissing(step.argv().words().getFirst(), machine)) {
            String told = capture.stderr() + "parley: " + step.argv().program() + " is not there\n";
            return new Capture(
                    capture.argv(),
                    NOT_FOUND,
                    capture.stdout(),
                    told,
                    capture.stdoutBytes(),
                    capture.truncated(),
                    capture.asRoot(),
                    capture.midpoint(),
                    capture.took());
        }
        throw refused(step, refusal.get(), machine);
    }

    private static boolean isMissing(String program, Machine machine) {
        try {
            return !program.startsWith("/") && machine.locate(program).isEmpty();
        } catch (NotRun hostWentAway) {
            return false;
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static NotRun missing(Step step) {
        String name = step.host().name();
        return new NotRun(
                NotRun.Kind.SUDO_REFUSED,
                Bilingual.of(
                        "{0} has no sudo, and {1} needs root. Nothing ran. Install sudo there, or"
                                + " log in as root (`user: root` in the inventory).",
                        "{0} 上没有 sudo，而 {1} 需要 root 权限。没有执行任何操作。请在其上安装 sudo，或以 root 登录（清单中写 `user:"
                                + " root`）。",
                        name,
                        step.argv().program()),
                null);
    }

    private static NotRun refused(Step step, String said, Machine machine) {
        String user = "USER";
        String path = step.argv().words().getFirst();
        try {
            user = machine.login().user();
            if (!path.startsWith("/")) {
                path = machine.locate(path).orElse("/usr/bin/" + path);
            }
        } catch (NotRun hostWentAway) {
            path = path.startsWith("/") ? path : "/usr/bin/" + path;
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
            path = path.startsWith("/") ? path : "/usr/bin/" + path;
        }
        Optional<String> line = Sudoers.line(user, path, step.argv().words());
        String name = step.host().name();
        boolean asks = step.host().become() == Host.Become.ASK;
        return new NotRun(
                NotRun.Kind.SUDO_REFUSED,
                Bilingual.of(
                        "Not permitted by the host: sudo on "
                                + name
                                + " refused ("
                                + said
                                + "). Nothing ran. "
                                + (asks ? NO_PASSWORD.en() : "")
                                + line.map(SudoRefusal::allow)
                                        .orElse(
                                                "Whoever administers the host must allow this"
                                                        + " command in sudoers."),
                        "主机不允许："
                                + name
                                + " 上的 sudo 拒绝了（"
                                + said
                                + "）。没有执行任何操作。"
                                + (asks ? NO_PASSWORD.zh() : "")
                                + line.map(SudoRefusal::allowZh)
                                        .orElse("需要主机管理员在 sudoers 中放行该命令。")),
                null);
    }

    private static String allow(String line) {
        return "Whoever administers the host can allow exactly this command with: visudo -f"
                + " /etc/sudoers.d/parley, and the line  "
                + line
                + "  there.";
    }

    private static String allowZh(String line) {
        return "主机管理员可以只放行这一条命令：执行 visudo -f /etc/sudoers.d/parley，加入一行  " + line + "  即可。";
    }
}
