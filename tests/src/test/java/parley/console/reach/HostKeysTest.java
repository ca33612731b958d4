package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.safety.gate.Permit;
import parley.tools.Argv;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Whom a connection trusts: known, unknown, changed and revoked host keys of real servers.
class HostKeysTest extends WithSshd {
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
}
