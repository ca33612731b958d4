package parley.stories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One real host: systemd, sshd, sudo, a package manager.
///
/// @param run the directory of its testbed, with the key and the known hosts
record TestbedHost(String name, Family family, String address, Path run) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Everything that arrives over SSH is written down on the host before it runs, so that
    /// Parley's record can be compared with what the host itself saw. A restart returns when sshd
    /// has read it, a reload before.
    private static final String WRITE_DOWN =
            """
            set -e
            printf '%s\\n' '#!/bin/sh' '# Writes down what this host is asked over SSH, then does it.' \\
                'printf "%s\\n" "$SSH_ORIGINAL_COMMAND" >> /var/log/asked' \\
                'exec /bin/bash -c "$SSH_ORIGINAL_COMMAND"' > /usr/local/bin/write-down
            chmod 755 /usr/local/bin/write-down
            : > /var/log/asked
            chmod 666 /var/log/asked
            echo 'ForceCommand /usr/local/bin/write-down' > /etc/ssh/sshd_config.d/00-stories.conf
            systemctl restart ssh
            """;

    /// Runs `script` there as root, from outside, without SSH, and returns what it printed.
    ///
    /// @throws AssertionError when it fails
    String root(String script) throws IOException, InterruptedException {
        return tryRoot(script).orFail(name + ": " + script);
    }

    Programs.Ended tryRoot(String script) throws IOException, InterruptedException {
        return Testbed.call(List.of("root", name, "sh", "-c", script));
    }

    void writeDownWhatIsAsked() throws IOException, InterruptedException {
        root(WRITE_DOWN);
    }

    /// Every line of shell that arrived over SSH since the last call of [#forgetAsked].
    List<String> asked() throws IOException, InterruptedException {
        return root("cat /var/log/asked").lines().toList();
    }

    void forgetAsked() throws IOException, InterruptedException {
        root(": > /var/log/asked");
    }

    /// The main process of a service; 0 when it has none.
    long mainProcess(String unit) throws IOException, InterruptedException {
        return Long.parseLong(root("systemctl show -P MainPID " + unit).strip());
    }

    /// Waits until `script` succeeds there.
    void await(String script) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        Programs.Ended last = tryRoot(script);
        while (last.exit() != 0) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(name + ": never came true: " + script + "\n" + last);
            }
            TimeUnit.MILLISECONDS.sleep(30);
            last = tryRoot(script);
        }
    }

    /// What still runs there of the users that Parley logs in as, after they had time to leave.
    List<String> leftBehind() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(5);
        List<String> left = processes();
        while (!left.isEmpty() && Instant.now().isBefore(deadline)) {
            TimeUnit.MILLISECONDS.sleep(50);
            left = processes();
        }
        return left;
    }

    private List<String> processes() throws IOException, InterruptedException {
        // ps exits with 1 when there is none.
        return new ArrayList<>(
                tryRoot("ps -o args= -u ops,plain | grep -v -e '(sd-pam)' -e 'systemd --user'")
                        .out()
                        .lines()
                        .toList());
    }

    /// Starts it anew without stopping anything first, as a panic does: its disk and its keys stay.
    /// Returns when it is up again. Its sshd goes first: a kernel that panics sends nothing either.
    void crash() throws IOException, InterruptedException {
        String boot = root("cat /proc/sys/kernel/random/boot_id").strip();
        tryRoot("pkill -KILL -x sshd; systemctl reboot --force --force");
        await("! grep -q " + boot + " /proc/sys/kernel/random/boot_id && systemctl is-active ssh");
        await("systemctl is-system-running --wait");
    }

    /// Switches it off without stopping anything first. It stays off.
    void powerOff() throws IOException, InterruptedException {
        tryRoot("systemctl poweroff --force --force");
    }

    /// Ends all its processes at once, as a power cut does.
    void pullThePlug() throws IOException {
        String pid = Files.readString(run.resolve("hosts").resolve(name).resolve("pid")).strip();
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }
}
