package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import parley.safety.gate.Permit;
import parley.tools.Argv;
import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// A real SSH server for each test, and a host that is it.
abstract class WithSshd {
    Sshd sshd;
    Host host;
    final List<String> asked = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        sshd = Sshd.start();
        host = sshd.host("web-1");
    }

    @AfterEach
    void stop() throws Exception {
        sshd.close();
    }

    Reach reach(boolean trusts, Host... hosts) {
        return new Reach(
                new Hosts(List.of(hosts)),
                (asker, type, print) -> {
                    synchronized (asked) {
                        asked.add(asker.name() + " " + type + " " + print);
                    }
                    return trusts;
                },
                Passphrases.NOBODY,
                Optional.of(sshd.clientConfig()));
    }

    static String echo(Reach reach, Host host) throws Exception {
        return new Executor(reach).run(Commands.permit(host, Argv.of("echo", "hello"))).stdout();
    }

    NotRun fails(Reach reach, NotRun.Kind kind) {
        NotRun failure = assertThrows(NotRun.class, () -> echo(reach, host));
        assertEquals(kind, failure.kind(), failure.getMessage());
        return failure;
    }

    String fingerprint() throws Exception {
        return Sshd.run("ssh-keygen", "-lf", sshd.folder() + "/host_ed25519.pub").split(" ")[1];
    }

    static Host plain(String name, String address) {
        return new Host(
                name,
                Optional.of(address),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.SUDO,
                Environment.DEV,
                Set.of(),
                Set.of(),
                true,
                Map.of());
    }

    static Host withAddress(Host host, String address) {
        return new Host(
                host.name(),
                Optional.of(address),
                host.port(),
                host.user(),
                host.via(),
                host.become(),
                host.environment(),
                host.groups(),
                host.aliases(),
                host.modelAllowed(),
                host.labels());
    }

    static Thread runs(Reach reach, Permit permit, AtomicReference<NotRun> thrown) {
        return Thread.ofVirtual()
                .start(() ->
                        thrown.set(
                                assertThrows(NotRun.class, () -> new Executor(reach).run(permit))));
    }
}
