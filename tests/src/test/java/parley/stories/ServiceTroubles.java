package parley.stories;

import static parley.stories.Family.APT;
import static parley.stories.Family.DNF;

import java.util.List;

/// Services that do not run, or do not run well.
final class ServiceTroubles {
    private static final String EN = "find out why demo-web is down on HOST";
    private static final String ZH = "查一下 HOST 的 demo-web 为什么挂了";
    private static final String DOWN = "service-down";

    private ServiceTroubles() {}

    /// demo-web with a setting more in its definition, started with it.
    private static Fault drop(String what, String settings) {
        return new Fault.Scripted(
                what,
                """
                mkdir -p /etc/systemd/system/demo-web.service.d
                printf '[Service]\\n%s\\n' > /etc/systemd/system/demo-web.service.d/override.conf
                systemctl daemon-reload
                systemctl stop demo-web
                systemctl reset-failed demo-web demo-dependent 2> /dev/null || :
                ! timeout 30 systemctl start demo-web
                """
                        .formatted(settings),
                BACK);
    }

    private static final String BACK =
            """
            rm -rf /etc/systemd/system/demo-web.service.d
            systemctl unmask demo-web 2> /dev/null || :
            systemctl daemon-reload
            systemctl reset-failed demo-web demo-dependent 2> /dev/null || :
            systemctl restart demo-web
            systemctl start demo-dependent
            """;

    /// A service of its own, for as long as the fault lasts.
    private static Fault service(String name, String section, String program) {
        return new Fault.Scripted(
                name,
                """
                cat > /usr/local/bin/%1$s <<'PROGRAM'
                #!/bin/sh
                %3$s
                PROGRAM
                chmod 755 /usr/local/bin/%1$s
                printf '[Unit]\\nDescription=%1$s\\n[Service]\\nExecStart=/usr/local/bin/%1$s\\n%2$s\\n' > /etc/systemd/system/%1$s.service
                systemctl daemon-reload
                systemctl start %1$s || :
                sleep 1.5
                """
                        .formatted(name, section, program),
                """
                systemctl stop %1$s
                rm -f /etc/systemd/system/%1$s.service /usr/local/bin/%1$s
                systemctl daemon-reload
                systemctl reset-failed %1$s 2> /dev/null || :
                """
                        .formatted(name));
    }

    static List<Trouble> all() {
        return List.of(
                Trouble.of(
                                "port taken by another service",
                                APT,
                                new Fault.Named("unit-port-taken"),
                                DOWN,
                                EN,
                                ZH,
                                "port 8080 is taken by old-web.service \\(old-web, PID \\d+\\)",
                                "端口 8080 已被 old-web.service 占用",
                                "(?s)Address already in use.*:8080.*pid=\\d+")
                        .inBrief(),
                Trouble.of(
                        "configuration with a typing error",
                        DNF,
                        new Fault.Named("unit-bad-config"),
                        DOWN,
                        EN,
                        ZH,
                        "configuration is wrong.*nginx.conf:\\d+",
                        "配置有误.*nginx.conf:\\d+",
                        "unknown directive"),
                Trouble.of(
                        "program is missing",
                        APT,
                        new Fault.Named("unit-exec-missing"),
                        DOWN,
                        EN,
                        ZH,
                        "exec failed.*ExecStart=.*override.conf",
                        "exec 失败.*override.conf",
                        "ExecMainStatus=203"),
                Trouble.of(
                        "account is missing",
                        DNF,
                        new Fault.Named("unit-missing-user"),
                        DOWN,
                        EN,
                        ZH,
                        "user does not exist.*User=\\S+ in .*override.conf",
                        "用户不存在.*User=",
                        "ExecMainStatus=217"),
                Trouble.of(
                        "dies again and again",
                        APT,
                        new Fault.Named("unit-flapping"),
                        DOWN,
                        "why does queue-worker on HOST keep dying?",
                        "HOST 上的 queue-worker 服务为什么一直挂？",
                        "over and over.*lost connection to queue",
                        "反复退出.*lost connection to queue",
                        "lost connection to queue"),
                Trouble.of(
                        "killed at its memory limit",
                        APT,
                        new Fault.Named("unit-killed-for-memory"),
                        DOWN,
                        "why did image-resizer fail on HOST?",
                        "HOST 的 image-resizer 为什么挂了",
                        "memory limit of 32 MiB \\(MemoryMax=32M in /etc/systemd/system/",
                        "内存上限 32 MiB 被终止.*MemoryMax=32M",
                        "MemoryMax=32M"),
                Trouble.of(
                        "too many open files",
                        DNF,
                        new Fault.Named("too-many-open-files"),
                        DOWN,
                        "find out why log-collector is down on HOST",
                        "查一下 HOST 的 log-collector 为什么挂了",
                        "limit is 64 \\(LimitNOFILE=64 in .*log-collector.service\\), not the host",
                        "单元上限为 64",
                        "(?s)Too many open files.*LimitNOFILE=64"),
                Trouble.of(
                        "was stopped",
                        APT,
                        new Fault.Named("port-closed"),
                        DOWN,
                        EN,
                        ZH,
                        "is not running: it did not fail, it was stopped",
                        "并非失败，而是被停止",
                        "ActiveState=inactive"),
                Trouble.of(
                        "masked",
                        APT,
                        new Fault.Scripted(
                                "demo-web is masked",
                                "systemctl stop demo-web\n"
                                    + "systemctl mask --runtime demo-web\n"
                                    + "mkdir -p /run/parley-masked; systemctl is-enabled demo-web |"
                                    + " grep -q mask",
                                "rmdir /run/parley-masked\nsystemctl unmask --runtime demo-web\n"
                                        + BACK),
                        DOWN,
                        EN,
                        ZH,
                        "is masked: nothing can start it",
                        "已被屏蔽",
                        "LoadState=masked"),
                Trouble.of(
                        "working directory is missing",
                        DNF,
                        drop("demo-web's directory is missing", "WorkingDirectory=/srv/nowhere"),
                        DOWN,
                        EN,
                        ZH,
                        "working directory cannot be entered.*WorkingDirectory=/srv/nowhere",
                        "无法进入其工作目录.*WorkingDirectory=/srv/nowhere",
                        "ExecMainStatus=200"),
                Trouble.of(
                        "definition cannot be loaded",
                        APT,
                        drop("demo-web's definition is broken", "ExecStart=/bin/true"),
                        DOWN,
                        EN,
                        ZH,
                        "definition of demo-web.service cannot be loaded",
                        "demo-web.service 的定义无法加载",
                        "LoadState=(bad-setting|error)"),
                Trouble.of(
                        "a file it needs is missing",
                        APT,
                        service(
                                "invoice-mailer",
                                "Restart=no",
                                "echo 'invoice-mailer: cannot read /etc/invoice/key.pem: No such"
                                        + " file or directory' >&2; exit 3"),
                        DOWN,
                        "why did invoice-mailer fail on HOST?",
                        "HOST 的 invoice-mailer 为什么挂了",
                        "a file it needs is missing: .*key.pem",
                        "缺少所需的文件：.*key.pem",
                        "cannot read /etc/invoice/key.pem"),
                Trouble.of(
                        "its database refuses its password",
                        DNF,
                        service(
                                "shop-api",
                                "Restart=no",
                                "echo 'FATAL: password authentication failed for user shop' >&2;"
                                        + " sleep 0.2; echo 'shutting down' >&2; exit 1"),
                        DOWN,
                        "why did shop-api fail on HOST?",
                        "HOST 的 shop-api 为什么挂了",
                        "login elsewhere was refused.*user shop",
                        "登录被拒绝.*user shop",
                        "password authentication failed"),
                Trouble.of(
                        "does not get ready in time",
                        APT,
                        service(
                                "ledger-sync",
                                "Type=notify\\nTimeoutStartSec=1\\nRestart=no",
                                "exec sleep 600"),
                        DOWN,
                        "why did ledger-sync fail on HOST?",
                        "HOST 的 ledger-sync 为什么挂了",
                        "did not get ready within its time limit",
                        "未能在时限内完成启动",
                        "Result=timeout"),
                Trouble.of(
                        "sudo wants a password",
                        DNF,
                        new Fault.Named("sudo-broken"),
                        "host.capabilities",
                        "what sudo rights do we have on HOST",
                        "HOST 上能用 sudo 吗",
                        "sudo does not",
                        "sudo 不允许免密",
                        "password|sudo"));
    }
}
