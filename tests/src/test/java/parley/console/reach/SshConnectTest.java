package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import parley.safety.gate.Permit;
import parley.tools.Argv;
import parley.tools.Host;
import parley.tools.Hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// How connections to real SSH servers come about, fail and break.
class SshConnectTest {
    private Sshd sshd;
    private Host host;
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        sshd = Sshd.start();
        host = sshd.host("web-1");
    }

    @AfterEach
    void stop() throws Exception {
        sshd.close();
    }

    private Reach reach(boolean trusts, Host... hosts) {
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

    private static String echo(Reach reach, Host host) throws Exception {
        return new Executor(reach).run(Commands.permit(host, Argv.of("echo", "hello"))).stdout();
    }

    private NotRun fails(Reach reach, NotRun.Kind kind) {
        NotRun failure = assertThrows(NotRun.class, () -> echo(reach, host));
        assertEquals(kind, failure.kind(), failure.getMessage());
        return failure;
    }

    private String fingerprint() throws Exception {
        return Sshd.run("ssh-keygen", "-lf", sshd.folder() + "/host_ed25519.pub").split(" ")[1];
    }

    @Test
    void aRefusedPortIsUnreachable() throws Exception {
        sshd.stop();
        try (Reach reach = reach(false, host)) {
            String why = fails(reach, NotRun.Kind.UNREACHABLE).why().en();
            assertTrue(why.contains("the connection was refused"), why);
            assertTrue(why.contains("127.0.0.1:" + sshd.port()), why);
        }
    }

    @Test
    void aServerThatNeverSpeaksIsUnreachableAfterTheLimit() throws Exception {
        sshd.stop();
        try (java.net.ServerSocket silent =
                        new java.net.ServerSocket(
                                sshd.port(), 5, java.net.InetAddress.getByName("127.0.0.1"));
                Reach reach = reach(false, host)) {
            assertEquals(sshd.port(), silent.getLocalPort());
            long start = System.nanoTime();
            String why = fails(reach, NotRun.Kind.UNREACHABLE).why().en();
            assertTrue(why.contains("no answer within 10 s"), why);
            assertTrue(System.nanoTime() - start < 20_000_000_000L);
        }
    }

    @Test
    void anUnacceptedKeyIsNamed() throws Exception {
        Files.writeString(sshd.folder().resolve("authorized_keys"), "");
        try (Reach reach = reach(false, host)) {
            String why = fails(reach, NotRun.Kind.NOT_AUTHENTICATED).why().en();
            assertTrue(why.contains(sshd.folder() + "/client"), why);
        }
    }

    @Test
    void anUnknownHostIsAskedAboutOnceAndRefusedWithoutYes() throws Exception {
        Files.delete(sshd.knownHosts());
        try (Reach reach = reach(false, host)) {
            String why = fails(reach, NotRun.Kind.HOST_KEY_UNKNOWN).why().en();
            assertTrue(why.contains(fingerprint()), why);
            fails(reach, NotRun.Kind.HOST_KEY_UNKNOWN);
        }
        assertEquals(List.of("web-1 ssh-ed25519 " + fingerprint()), asked);
        assertFalse(Files.exists(sshd.knownHosts()));
    }

    @Test
    void anUnknownHostThatAPersonTrustsIsRememberedInKnownHosts() throws Exception {
        Files.delete(sshd.knownHosts());
        try (Reach reach = reach(true, host)) {
            assertEquals("hello\n", echo(reach, host));
        }
        try (Reach reach = reach(false, host)) {
            assertEquals("hello\n", echo(reach, host));
        }
        assertEquals(1, asked.size());
        assertEquals(
                sshd.knownAs() + " " + sshd.hostKey() + "\n", Files.readString(sshd.knownHosts()));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(sshd.knownHosts())));
        assertTrue(
                Sshd.run("ssh-keygen", "-F", sshd.knownAs(), "-f", sshd.knownHosts().toString())
                        .contains("found"));
    }

    @Test
    void aNewEntryStandsOnALineOfItsOwnAndHidesTheNameWhenSoConfigured() throws Exception {
        Files.writeString(sshd.knownHosts(), "other ssh-ed25519 AAAA");
        sshd.writeClientConfig("IdentityFile " + sshd.folder() + "/client", "HashKnownHosts yes");
        try (Reach reach = reach(true, host)) {
            assertEquals("hello\n", echo(reach, host));
        }
        List<String> lines = Files.readAllLines(sshd.knownHosts());
        assertEquals("other ssh-ed25519 AAAA", lines.getFirst());
        assertTrue(lines.getLast().startsWith("|1|"), lines.getLast());
        try (Reach reach = reach(false, host)) {
            assertEquals("hello\n", echo(reach, host));
        }
        assertEquals(1, asked.size());
    }

    @Test
    void namesHashedByOpensshAreFound() throws Exception {
        Sshd.run("ssh-keygen", "-H", "-f", sshd.knownHosts().toString());
        assertTrue(Files.readString(sshd.knownHosts()).startsWith("|1|"));
        try (Reach reach = reach(false, host)) {
            assertEquals("hello\n", echo(reach, host));
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void aChangedHostKeyBlocksTheHostEvenWhenTheOldOneComesBack() throws Exception {
        String old = fingerprint();
        Files.writeString(sshd.knownHosts(), "# a comment\n" + Files.readString(sshd.knownHosts()));
        byte[] key = Files.readAllBytes(sshd.folder().resolve("host_ed25519"));
        sshd.changeHostKey();
        try (Reach reach = reach(true, host)) {
            NotRun failure = fails(reach, NotRun.Kind.HOST_KEY_CHANGED);
            String why = failure.why().en();
            assertTrue(why.contains("HAS CHANGED"), why);
            assertTrue(why.contains(old) && why.contains(fingerprint()), why);
            assertTrue(why.contains(sshd.knownHosts() + " line 2"), why);
            Files.write(sshd.folder().resolve("host_ed25519"), key);
            sshd.restart();
            fails(reach, NotRun.Kind.HOST_KEY_CHANGED);
            assertThrows(NotRun.class, () -> reach.login(host));
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void anotherKeyTypeThanTheOneOnFileIsAChangeAndNoFirstContact() throws Exception {
        Sshd.run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", sshd.folder() + "/other");
        String[] other = Files.readString(sshd.folder().resolve("other.pub")).split(" ");
        Files.writeString(
                sshd.knownHosts(), sshd.knownAs() + " " + other[0] + " " + other[1] + "\n");
        try (Reach reach = reach(true, host)) {
            fails(reach, NotRun.Kind.HOST_KEY_CHANGED);
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void aHostKnownByItsRsaKeyOnlyIsReached() throws Exception {
        sshd.close();
        sshd = Sshd.start("HostKey %d/host_rsa");
        host = sshd.host("web-1");
        String[] rsa = Files.readString(sshd.folder().resolve("host_rsa.pub")).split(" ");
        Files.writeString(sshd.knownHosts(), sshd.knownAs() + " ssh-rsa " + rsa[1] + "\n");
        try (Reach reach = reach(false, host)) {
            assertEquals("hello\n", echo(reach, host));
        }
    }

    @Test
    void aRevokedKeyIsRefusedAlthoughItIsListedPlainlyToo() throws Exception {
        Files.writeString(
                sshd.knownHosts(),
                Files.readString(sshd.knownHosts()) + "@revoked * " + sshd.hostKey() + "\n");
        try (Reach reach = reach(true, host)) {
            String why = fails(reach, NotRun.Kind.HOST_KEY_CHANGED).why().en();
            assertTrue(why.contains("IS REVOKED") && why.contains("line 2"), why);
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void theKeyOfACertificateAuthorityIsNotAHostKey() throws Exception {
        Files.writeString(sshd.knownHosts(), "@cert-authority * " + sshd.hostKey() + "\n");
        try (Reach reach = reach(false, host)) {
            fails(reach, NotRun.Kind.HOST_KEY_UNKNOWN);
        }
    }

    @Test
    void aPatternThatExcludesTheHostDoesNotVouchForIt() throws Exception {
        Files.writeString(
                sshd.knownHosts(),
                "!"
                        + sshd.knownAs()
                        + ",* "
                        + sshd.hostKey()
                        + "\n"
                        + "!other,else.where "
                        + sshd.hostKey()
                        + "\n");
        try (Reach reach = reach(false, host)) {
            fails(reach, NotRun.Kind.HOST_KEY_UNKNOWN);
        }
    }

    @Test
    void sshConfigurationGivesAddressPortUserAndKey() throws Exception {
        sshd.writeClientConfig(
                "Host shop",
                "  HostName 127.0.0.1",
                "  Port " + sshd.port(),
                "  User " + System.getProperty("user.name"),
                "  HostKeyAlias the-shop",
                "  IdentityFile \"%d/nothing\"",
                "  IdentityFile " + sshd.folder() + "/client");
        Files.writeString(sshd.knownHosts(), "the-shop " + sshd.hostKey() + "\n");
        Host shop = plain("shop-1", "shop");
        try (Reach reach = reach(false, shop)) {
            assertEquals("hello\n", echo(reach, shop));
        }
    }

    @Test
    void aBrokenSshConfigurationIsToldAsItIs() throws Exception {
        Files.writeString(sshd.clientConfig(), "Host *\n  NoSuchWord yes\n");
        try (Reach reach = reach(false, host)) {
            String why = fails(reach, NotRun.Kind.UNREACHABLE).why().en();
            assertTrue(why.contains("nosuchword"), why);
        }
    }

    private static Host plain(String name, String address) {
        return new Host(
                name,
                Optional.of(address),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.SUDO,
                parley.tools.Environment.DEV,
                java.util.Set.of(),
                java.util.Set.of(),
                true,
                java.util.Map.of());
    }

    @Test
    void proxyJumpLeadsThroughASecondServer() throws Exception {
        try (Sshd jump = Sshd.start()) {
            Files.copy(
                    sshd.folder().resolve("authorized_keys"),
                    jump.folder().resolve("authorized_keys"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    sshd.knownHosts(),
                    Files.readString(sshd.knownHosts()) + Files.readString(jump.knownHosts()));
            sshd.writeClientConfig(
                    "Match host 127.0.0.1 exec \"test %p = " + sshd.port() + "\"",
                    "  ProxyJump 127.0.0.1:" + jump.port(),
                    "Host *",
                    "  IdentityFile " + sshd.folder() + "/client");
            try (Reach reach = reach(false, host)) {
                assertEquals("hello\n", echo(reach, host));
            }
            assertEquals(1, jump.logins());
            assertEquals(1, sshd.logins());
        }
    }

    @Test
    void viaOfTheInventoryLeadsThroughThatHostAndSharesItsConnection() throws Exception {
        try (Sshd jump = Sshd.start()) {
            Files.copy(
                    sshd.folder().resolve("authorized_keys"),
                    jump.folder().resolve("authorized_keys"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    sshd.knownHosts(),
                    Files.readString(sshd.knownHosts()) + Files.readString(jump.knownHosts()));
            Host gate = withAddress(jump.host("gate"), "localhost");
            Files.writeString(
                    sshd.knownHosts(),
                    Files.readString(sshd.knownHosts())
                            + "[localhost]:"
                            + jump.port()
                            + " "
                            + jump.hostKey()
                            + "\n");
            Host inner = sshd.host("inner", Optional.of("gate"));
            try (Reach reach = reach(false, gate, inner)) {
                assertEquals("hello\n", echo(reach, inner));
                assertEquals("hello\n", echo(reach, gate));
                assertEquals(1, reach.connectionsMade(gate));
            }
            assertEquals(1, jump.logins());
        }
    }

    private static Host withAddress(Host host, String address) {
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

    @Test
    void keysOfARealAgentLogIn() throws Exception {
        Path socket = sshd.folder().resolve("agent");
        Process agent =
                new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            long end = System.nanoTime() + 10_000_000_000L;
            while (!Files.exists(socket) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            for (String type : List.of("ed25519", "rsa", "ecdsa")) {
                Path key = sshd.folder().resolve("agent_" + type);
                Sshd.run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", key.toString());
                Process add =
                        new ProcessBuilder(
                                        "env",
                                        "SSH_AUTH_SOCK=" + socket,
                                        "ssh-add",
                                        "-q",
                                        key.toString())
                                .start();
                assertEquals(0, add.waitFor());
                // Only the agent knows it from here on.
                Files.delete(key);
                Files.copy(
                        Path.of(key + ".pub"),
                        sshd.folder().resolve("authorized_keys"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                Files.write(
                        sshd.clientConfig(),
                        List.of(
                                "Host *",
                                "  IdentityAgent " + socket,
                                "  IdentityFile " + key,
                                "  IdentitiesOnly yes",
                                "  UserKnownHostsFile " + sshd.knownHosts()));
                try (Reach reach = reach(false, host)) {
                    assertEquals("hello\n", echo(reach, host), type);
                }
            }
        } finally {
            agent.destroy();
            agent.waitFor();
        }
    }

    @Test
    void keyFilesOfEveryKindLogIn() throws Exception {
        for (String type : List.of("rsa", "ecdsa", "ed25519")) {
            for (String format : List.of("RFC4716", "PEM")) {
                Path key = sshd.folder().resolve(type + format);
                Sshd.run(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        type,
                        "-m",
                        format,
                        "-N",
                        "",
                        "-f",
                        key.toString());
                useKey(key);
                try (Reach reach = reach(false, host)) {
                    assertEquals("hello\n", echo(reach, host), key.toString());
                }
            }
        }
    }

    private void useKey(Path key) throws Exception {
        Files.copy(
                Path.of(key + ".pub"),
                sshd.folder().resolve("authorized_keys"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        sshd.writeClientConfig("IdentityFile " + key);
    }

    @Test
    void anEncryptedKeyAsksForItsPassphrase() throws Exception {
        for (String format : List.of("RFC4716", "PEM")) {
            Path key = sshd.folder().resolve("locked" + format);
            Sshd.run(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "rsa",
                    "-m",
                    format,
                    "-N",
                    "open sesame",
                    "-f",
                    key.toString());
            useKey(key);
            try (Reach reach = reach(false, host)) {
                String why = fails(reach, NotRun.Kind.NOT_AUTHENTICATED).why().en();
                assertTrue(why.contains(key + " (encrypted and not in the agent)"), why);
            }
            List<Path> askedFor = new ArrayList<>();
            Host second = withAddress(sshd.host("web-2"), "localhost");
            Files.writeString(
                    sshd.knownHosts(),
                    Files.readString(sshd.knownHosts())
                            + "[localhost]:"
                            + sshd.port()
                            + " "
                            + sshd.hostKey()
                            + "\n");
            char[] passphrase = "open sesame".toCharArray();
            try (Reach reach =
                    new Reach(
                            new Hosts(List.of(host, second)),
                            FirstContact.NOBODY,
                            file -> {
                                askedFor.add(file);
                                return Optional.of(passphrase);
                            },
                            Optional.of(sshd.clientConfig()))) {
                assertEquals("hello\n", echo(reach, host), format);
                assertEquals("hello\n", echo(reach, second), format);
            }
            assertEquals(List.of(key), askedFor);
            assertEquals("\0".repeat(11), new String(passphrase).replace(' ', '\0'));
        }
    }

    @Test
    void aConnectionThatBreaksMidCommandLeavesTheOutcomeUnknown() throws Exception {
        String marker = "parley-break-" + System.nanoTime();
        Permit permit =
                Commands.permit(host, Commands.endless(marker).within(Duration.ofSeconds(20)));
        try (Reach reach = reach(false, host)) {
            AtomicReference<NotRun> thrown = new AtomicReference<>();
            Thread thread =
                    Thread.ofVirtual()
                            .start(() ->
                                    thrown.set(
                                            assertThrows(
                                                    NotRun.class,
                                                    () -> new Executor(reach).run(permit))));
            assertTrue(Commands.runs(marker), "never ran");
            assertTrue(sshd.breakSessions() > 0, "no session found");
            assertTrue(thread.join(Duration.ofSeconds(15)), "hangs");
            assertEquals(
                    NotRun.Kind.OUTCOME_UNKNOWN, thrown.get().kind(), thrown.get().getMessage());
            assertEquals("hello\n", echo(reach, host), "connects again by itself");
            assertEquals(2, reach.connectionsMade(host));
        }
        assertTrue(Commands.becomes(false, marker, 30), "the host's own limit ends it");
    }

    @Test
    void aConnectionThatGoesSilentMidCommandLeavesTheOutcomeUnknown() throws Exception {
        String marker = "parley-silent-" + System.nanoTime();
        Permit permit =
                Commands.permit(host, Commands.endless(marker).within(Duration.ofSeconds(90)));
        try (Reach reach = reach(false, host)) {
            AtomicReference<NotRun> thrown = new AtomicReference<>();
            Thread thread = runs(reach, permit, thrown);
            assertTrue(Commands.runs(marker), "never ran");
            sshd.freezeSessions(true);
            assertTrue(thread.join(Duration.ofSeconds(45)), "nobody noticed");
            assertEquals(
                    NotRun.Kind.OUTCOME_UNKNOWN, thrown.get().kind(), thrown.get().getMessage());
        } finally {
            sshd.freezeSessions(false);
        }
    }

    @Test
    void aCancelThatTheHostDoesNotAnswerLeavesTheOutcomeUnknown() throws Exception {
        String marker = "parley-stuck-" + System.nanoTime();
        Permit permit =
                Commands.permit(host, Commands.endless(marker).within(Duration.ofSeconds(90)));
        try (Reach reach = reach(false, host)) {
            AtomicReference<NotRun> thrown = new AtomicReference<>();
            Thread thread = runs(reach, permit, thrown);
            assertTrue(Commands.runs(marker), "never ran");
            sshd.freezeSessions(true);
            thread.interrupt();
            assertTrue(thread.join(Duration.ofSeconds(40)), "cancel hangs");
            assertEquals(
                    NotRun.Kind.OUTCOME_UNKNOWN, thrown.get().kind(), thrown.get().getMessage());
        } finally {
            sshd.freezeSessions(false);
        }
    }

    private static Thread runs(Reach reach, Permit permit, AtomicReference<NotRun> thrown) {
        return Thread.ofVirtual()
                .start(() ->
                        thrown.set(
                                assertThrows(NotRun.class, () -> new Executor(reach).run(permit))));
    }

    @Test
    void aCancelWhileConnectingEndsTheAttemptAtOnce() throws Exception {
        sshd.stop();
        try (java.net.ServerSocket silent =
                        new java.net.ServerSocket(
                                sshd.port(), 5, java.net.InetAddress.getByName("127.0.0.1"));
                Reach reach = reach(false, host)) {
            AtomicReference<NotRun> thrown = new AtomicReference<>();
            Thread thread = runs(reach, Commands.permit(host, Argv.of("true")), thrown);
            silent.accept();
            thread.interrupt();
            assertTrue(thread.join(Duration.ofSeconds(5)), "cancel hangs");
            assertEquals(NotRun.Kind.CANCELLED, thrown.get().kind());
            assertTrue(thrown.get().why().en().contains("Nothing ran"), thrown.get().getMessage());
        }
    }

    @Test
    void manyCommandsOnAnUnknownHostAskOnce() throws Exception {
        Files.delete(sshd.knownHosts());
        try (Reach reach = reach(false, host)) {
            List<AtomicReference<NotRun>> thrown = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int at = 0; at < 6; at++) {
                thrown.add(new AtomicReference<>());
                Permit permit = Commands.permit(host, Argv.of("true"));
                threads.add(runs(reach, permit, thrown.getLast()));
            }
            for (Thread thread : threads) {
                assertTrue(thread.join(Duration.ofSeconds(30)), "hangs");
            }
            for (AtomicReference<NotRun> one : thrown) {
                assertEquals(NotRun.Kind.HOST_KEY_UNKNOWN, one.get().kind());
            }
        }
        assertEquals(1, asked.size());
    }

    @Test
    void aConnectionThatBrokeBetweenCommandsIsMadeAgain() throws Exception {
        try (Reach reach = reach(false, host)) {
            assertEquals("hello\n", echo(reach, host));
            assertTrue(sshd.breakSessions() > 0, "no session found");
            assertEquals("hello\n", echo(reach, host));
        }
    }

    @Test
    void aHostThatIsNotInTheInventoryIsNotReached() throws Exception {
        try (Reach reach = reach(false, plain("other", "127.0.0.2"))) {
            assertThrows(IllegalArgumentException.class, () -> echo(reach, host));
        }
    }

    @Test
    void weakAlgorithmsAreNotSpoken() throws Exception {
        sshd.close();
        sshd = Sshd.start("KexAlgorithms diffie-hellman-group14-sha1");
        host = sshd.host("web-1");
        try (Reach reach = reach(false, host)) {
            String why = fails(reach, NotRun.Kind.UNREACHABLE).why().en();
            assertTrue(why.contains("too weak"), why);
        }
    }
}
