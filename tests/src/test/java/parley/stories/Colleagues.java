package parley.stories;

import parley.console.Main;
import parley.safety.record.Users;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A managed machine that two people share: Alice, who operates, and Bob, who approves. Each is a
/// user of the operating system with an SSH key of their own; inventory, roles and allowed signers
/// are root's; a recorder runs under a third user. All in a mount namespace of its own.
final class Colleagues implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int TRIES = 900;

    private final Path place;
    private final Users users;
    private final Process machine;
    private final List<Talk> talks = new ArrayList<>();

    /// One of the two.
    enum Person {
        ALICE(Users.ALICE),
        BOB(Users.BOB);

        private final int number;

        Person(int number) {
            this.number = number;
        }

        private String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// Starts the machine, which knows `host` as one of production.
    Colleagues(Path place, TestbedHost host) throws IOException, InterruptedException {
        this.place = place;
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.users = new Users(place);
        Path script = Files.writeString(place.resolve("machine.sh"), script(host));
        this.machine =
                new ProcessBuilder("unshare", "-m", "bash", script.toString())
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(place.resolve("said").toFile())
                        .start();
        for (int tries = 0; !Files.exists(place.resolve("ready")); tries++) {
            if (tries > TRIES || !machine.isAlive()) {
                close();
                throw new AssertionError(Files.readString(place.resolve("said")));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private String script(TestbedHost host) {
        String keeper =
                users
                        .java(Users.as(Users.RECORDER, Users.OPERATORS), Main.class, "recorder")
                        .stream()
                        .map(Colleagues::quoted)
                        .collect(Collectors.joining(" "));
        return """
        set -eu
        cd %1$s
        mkdir -p homes etc/parley/policies; install -d -m 1777 approvals
        for file in passwd group nsswitch.conf ld.so.cache os-release hostname hosts localtime; do
            [ ! -e /etc/$file ] || cp -L /etc/$file etc/$file
        done
        for who in alice:%3$d bob:%4$d parley:%2$d; do
            install -d -o ${who#*:} -m 700 homes/${who%%:*} homes/${who%%:*}/.ssh
            echo "${who%%:*}:x:${who#*:}:${who#*:}::%1$s/homes/${who%%:*}:/bin/sh" >> etc/passwd
        done
        for who in alice:%3$d bob:%4$d; do
            ssh-keygen -q -t ed25519 -N '' -f homes/${who%%:*}/.ssh/id_ed25519
            echo "${who%%:*} $(cut -d ' ' -f 1,2 homes/${who%%:*}/.ssh/id_ed25519.pub)" >> etc/parley/allowed_signers
        done
        cp %8$s/id_ed25519 homes/alice/.ssh/hosts; cp %8$s/known_hosts homes/alice/.ssh/known_hosts
        printf 'Host *\\n  IdentityFile ~/.ssh/hosts\\n  IdentityAgent none\\n' > homes/alice/.ssh/config
        chown -R %3$d homes/alice; chown -R %4$d homes/bob; chmod 600 homes/*/.ssh/[cih]*[^b]
        printf 'hosts:\\n  %6$s: {address: %7$s, user: ops, env: prod, become: sudo}\\n' > etc/parley/inventory.yaml
        printf 'alice: [viewer, operator, approver]\\nbob: [viewer, approver]\\n' > etc/parley/roles.yaml
        printf 'approvals: {directory: %1$s/approvals, allowedSigners: /etc/parley/allowed_signers}\\n' > etc/parley/config.yaml
        chmod -R u=rwX,go=rX etc/parley; chmod 755 etc
        mount --bind etc /etc
        mount -t tmpfs tmpfs /var/lib
        mount -t tmpfs tmpfs /run
        install -d -o %2$d -g %5$d -m 750 /var/lib/parley
        install -d -o %2$d -g %5$d -m 755 /run/parley
        env -i PATH="$PATH" LANG=C.UTF-8 HOME=%1$s/homes/parley %9$s > recorder 2>&1 &
        for _ in $(seq 600); do [ -S /run/parley/recorder.sock ] && grep -q recording recorder && break; sleep 0.1; done
        touch ready
        wait
        """
                .formatted(
                        place,
                        Users.RECORDER,
                        Users.ALICE,
                        Users.BOB,
                        Users.OPERATORS,
                        host.name(),
                        host.address(),
                        host.run(),
                        keeper);
    }

    /// The folder that both can put files into.
    Path approvals() {
        return place.resolve("approvals");
    }

    /// The public keys that answers are checked with.
    Path signers() {
        return place.resolve("etc/parley/allowed_signers");
    }

    /// One of them runs Parley without a terminal, to its end.
    Programs.Ended runs(Person who, String... words) throws IOException, InterruptedException {
        List<String> all = inside(who);
        all.addAll(parley(words));
        return Programs.run(Map.of(), LIMIT, all);
    }

    /// One of them starts Parley at a terminal of their own.
    Talk at(Person who, String... words) throws IOException {
        String line =
                parley(words).stream().map(Colleagues::quoted).collect(Collectors.joining(" "));
        List<String> all = inside(who);
        all.addAll(
                List.of(
                        "script",
                        "--quiet",
                        "--flush",
                        "--return",
                        "--command",
                        "stty cols 200 rows 50; exec " + line,
                        "/dev/null"));
        Talk talk = new Talk(new ProcessBuilder(all).redirectErrorStream(true).start());
        talks.add(talk);
        return talk;
    }

    /// The words that make a command one of this person's, on this machine.
    private List<String> inside(Person who) {
        List<String> all = new ArrayList<>();
        all.addAll(List.of("nsenter", "--target=" + machine.pid(), "--mount", "--"));
        all.addAll(Users.as(who.number, who.number, Users.OPERATORS));
        Path home = place.resolve("homes").resolve(who.word());
        all.addAll(
                List.of(
                        "env",
                        "-i",
                        "-C",
                        home.toString(),
                        "PATH=" + System.getenv("PATH"),
                        "LANG=C.UTF-8",
                        "TERM=xterm-256color",
                        "SHELL=/bin/sh",
                        "HOME=" + home));
        return all;
    }

    private List<String> parley(String... words) {
        return users.java(List.of(), Main.class, words);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() {
        talks.forEach(Talk::close);
        machine.descendants().forEach(ProcessHandle::destroyForcibly);
        machine.destroyForcibly();
    }
}
