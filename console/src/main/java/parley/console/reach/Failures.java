package parley.console.reach;

import net.schmizz.sshj.common.SSHException;

import org.jspecify.annotations.Nullable;

import parley.console.reach.NotRun.Kind;
import parley.tools.Bilingual;
import parley.tools.Host;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// The sentences of this package's failures: what, where, whose move, what instead.
final class Failures {
    private Failures() {}

    static NotRun unreachable(Host host, SshTarget target, Throwable cause) {
        Bilingual reason = reason(cause);
        return new NotRun(
                Kind.UNREACHABLE,
                Bilingual.of(
                        "{0} cannot be reached at {1}: {2}. Nothing ran there. Check that it is up,"
                                + " and its address and port in the inventory.",
                        "无法连接 {0}（{1}）：{2}。没有在其上执行任何操作。请确认主机已开机，并检查清单中的地址和端口。",
                        host.name(),
                        target.shown(),
                        reason),
                cause);
    }

    private static Bilingual reason(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            Bilingual known =
                    switch (at) {
                        case UnknownHostException ignored -> nameNotFound();
                        case UnresolvedAddressException ignored -> nameNotFound();
                        case NoRouteToHostException ignored ->
                                Bilingual.of("no route to it", "没有到达该主机的路由");
                        case SocketTimeoutException ignored -> noAnswer();
                        case TimeoutException ignored -> noAnswer();
                        case ConnectException refused when words(refused).contains("timed out") ->
                                noAnswer();
                        case ConnectException ignored ->
                                Bilingual.of("the connection was refused", "连接被拒绝");
                        case SSHException ssh when words(ssh).contains("settlement") ->
                                Bilingual.of(
                                        "it offers only algorithms that are too weak ({0})",
                                        "对方只提供过弱的算法（{0}）", words(ssh));
                        default -> null;
                    };
            if (known != null) {
                return known;
            }
        }
        return Bilingual.same(words(failure));
    }

    private static Bilingual nameNotFound() {
        return Bilingual.of("its name is not known to DNS", "DNS 中查不到该主机名");
    }

    private static Bilingual noAnswer() {
        return Bilingual.of("no answer within {0} s", "{0} 秒内没有应答", SshDial.LIMIT.toSeconds());
    }

    static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    static NotRun badSshConfig(Host host, String said) {
        return new NotRun(
                Kind.UNREACHABLE,
                Bilingual.of(
                        "The SSH configuration for {0} cannot be read: {1}. Nothing ran. Mend the"
                                + " file; `ssh -G` shows the same error.",
                        "无法读取 {0} 的 SSH 配置：{1}。没有执行任何操作。请修正该文件；用 `ssh -G` 可看到同样的错误。",
                        host.name(),
                        said),
                null);
    }

    static NotRun proxyCommand(Host host, String command) {
        return new NotRun(
                Kind.UNREACHABLE,
                Bilingual.of(
                        "The SSH configuration reaches {0} through ProxyCommand ({1}), which Parley"
                                + " does not run. Use ProxyJump there, or `via` in the inventory.",
                        "SSH 配置要求通过 ProxyCommand（{1}）连接 {0}，Parley 不执行它。请改用 ProxyJump，或在清单中写"
                                + " `via`。",
                        host.name(),
                        command),
                null);
    }

    static NotRun tooManyJumps(Host host) {
        return new NotRun(
                Kind.UNREACHABLE,
                Bilingual.of(
                        "The way to {0} has too many jump hosts or goes in a circle. Check `via`"
                                + " and ProxyJump.",
                        "到 {0} 的跳板机过多或形成了环。请检查 `via` 和 ProxyJump。", host.name()),
                null);
    }

    static NotRun keyChanged(
            Host host, SshTarget target, String type, String now, Path file, int line, String old) {
        return new NotRun(
                Kind.HOST_KEY_CHANGED,
                Bilingual.of(
                        "THE HOST KEY OF {0} HAS CHANGED. Someone may be listening in, or the host"
                            + " was reinstalled. Everything for it stops. {1} now shows {2} {3}; on"
                            + " file is {4} ({5} line {6}). Ask whoever runs the host, by another"
                            + " way, for its fingerprint. Only if it is the new one: ssh-keygen -R"
                            + " '{1}' -f '{5}', then start Parley again.",
                        "主机 {0} 的密钥已改变！可能有人在窃听，也可能主机被重装过。对该主机的一切操作已停止。{1} 现在出示的是 {2} {3}，而记录的是"
                            + " {4}（{5} 第 {6} 行）。请用其他途径向主机管理者核对指纹；确认属实后执行 ssh-keygen -R '{1}' -f"
                            + " '{5}'，再重新启动 Parley。",
                        host.name(),
                        target.knownAs(),
                        type,
                        now,
                        old,
                        file,
                        line),
                null);
    }

    static NotRun keyRevoked(Host host, String type, String print, Path file, int line) {
        return new NotRun(
                Kind.HOST_KEY_CHANGED,
                Bilingual.of(
                        "THE HOST KEY OF {0} IS REVOKED ({1} {2}, {3} line {4}). Everything for it"
                                + " stops. Whoever runs the host must give it a new key.",
                        "主机 {0} 的密钥已被吊销（{1} {2}，{3} 第 {4} 行）！对该主机的一切操作已停止。主机管理者必须为它更换密钥。",
                        host.name(),
                        type,
                        print,
                        file,
                        line),
                null);
    }

    static NotRun keyUnknown(Host host, SshTarget target, String type, String print) {
        return new NotRun(
                Kind.HOST_KEY_UNKNOWN,
                Bilingual.of(
                        "{0} is not a known host: {1} shows {2} {3}, and nobody vouched for it."
                                + " Nothing ran there. Compare the fingerprint with the host's own"
                                + " (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub), then say yes in a"
                                + " terminal, or connect once with ssh.",
                        "{0} 不是已知主机：{1} 出示 {2} {3}，无人确认。没有在其上执行任何操作。请与主机上的指纹核对（ssh-keygen -lf"
                                + " /etc/ssh/ssh_host_*_key.pub），然后在终端中确认，或先用 ssh 连接一次。",
                        host.name(),
                        target.knownAs(),
                        type,
                        print),
                null);
    }

    static NotRun notAuthenticated(Host host, SshTarget target, String tried, String triedZh) {
        return new NotRun(
                Kind.NOT_AUTHENTICATED,
                Bilingual.of(
                        "{0} ({1}) accepted none of the keys. Tried: {2}. Nothing ran there. Add a"
                            + " key to the agent (ssh-add), or put yours on the host (ssh-copy-id),"
                            + " or correct `user` in the inventory.",
                        "{0}（{1}）不接受任何密钥。已尝试：{3}。没有在其上执行任何操作。请把密钥加入代理（ssh-add），或把公钥放到主机上（ssh-copy-id），或修正清单中的"
                            + " `user`。",
                        target.shown(),
                        host.name(),
                        tried,
                        triedZh),
                null);
    }

    static NotRun unsuitable(Host host, String found, String foundZh) {
        return new NotRun(
                Kind.UNREACHABLE,
                Bilingual.of(
                        "{0} cannot run commands for Parley: {1}. Nothing ran there. Use a user"
                            + " whose login shell is POSIX (sh, bash, dash, zsh), on a host with"
                            + " `timeout` and `env`.",
                        "{0} 无法为 Parley 执行命令：{2}。没有在其上执行任何操作。请使用登录 shell 为"
                                + " POSIX（sh、bash、dash、zsh）的用户，主机上要有 `timeout` 和 `env`。",
                        host.name(),
                        found,
                        foundZh),
                null);
    }

    static NotRun refusedToRun(Host host, Throwable cause) {
        return new NotRun(
                Kind.UNREACHABLE,
                Bilingual.of(
                        "{0} accepted the login but refuses to run commands ({1}). Nothing ran"
                                + " there. Whoever runs its SSH server must allow it.",
                        "{0} 允许登录但拒绝执行命令（{1}）。没有在其上执行任何操作。需要其 SSH 服务的管理者放行。",
                        host.name(),
                        words(cause)),
                cause);
    }

    static NotRun unknownOutcome(Host host, String program, @Nullable Throwable cause) {
        String why = cause == null ? "the connection ended" : words(cause);
        return new NotRun(
                Kind.OUTCOME_UNKNOWN,
                Bilingual.of(
                        "The connection to {0} broke after {1} was sent ({2}). It may or may not"
                                + " have run. Look at the host before you repeat it.",
                        "向 {0} 发送 {1} 之后连接中断（{2}）。命令可能已执行，也可能没有。重试之前请先查看主机的实际状态。",
                        host.name(),
                        program,
                        why),
                cause);
    }

    static NotRun stillRunning(Host host, String program, Duration after) {
        return new NotRun(
                Kind.OUTCOME_UNKNOWN,
                Bilingual.of(
                        "{0} on {1} was told to end after {2} s, but may still be running. Look at"
                                + " the host before you go on.",
                        "{1} 上的 {0} 在 {2} 秒后被要求终止，但可能仍在运行。继续之前请先查看主机。",
                        program,
                        host.name(),
                        after.toSeconds()),
                null);
    }

    static NotRun cancelled(Host host, String program, boolean sent) {
        return new NotRun(
                Kind.CANCELLED,
                sent
                        ? Bilingual.of(
                                "{0} was cancelled and ended on {1}. What it did until then stays"
                                        + " done, and work that it handed to the host (as systemctl"
                                        + " does) may go on.",
                                "{0} 已取消，并已在 {1} 上终止。在此之前已完成的部分不会撤回；它已交给主机去做的工作（如"
                                        + " systemctl）可能仍会继续。",
                                program,
                                host.name())
                        : Bilingual.of(
                                "{0} was cancelled before it was sent to {1}. Nothing ran there.",
                                "{0} 在发送到 {1} 之前已取消。没有在其上执行任何操作。", program, host.name()),
                null);
    }

    static NotRun noLocal(Host host, String program, Throwable cause) {
        return new NotRun(
                Kind.UNREACHABLE,
                Bilingual.of(
                        "{0} could not be started on {1}: {2}. Nothing ran. `timeout` and `env`"
                                + " (coreutils) must be there.",
                        "无法在 {1} 上启动 {0}：{2}。没有执行任何操作。需要 `timeout` 和 `env`（coreutils）。",
                        program,
                        host.name(),
                        words(cause)),
                cause);
    }
}
