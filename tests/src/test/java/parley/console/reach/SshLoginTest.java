package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Host;
import parley.tools.Hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keys, agents, SSH configuration and jump hosts, with real servers and a real agent.
class SshLoginTest extends WithSshd {
    @Test
    void anUnacceptedKeyIsNamed() throws Exception {
        Files.writeString(sshd.folder().resolve("authorized_keys"), "");
        try (Reach reach = reach(false, host)) {
            String why = fails(reach, NotRun.Kind.NOT_AUTHENTICATED).why().en();
            assertTrue(why.contains(sshd.folder() + "/client"), why);
        }
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
                        StandardCopyOption.REPLACE_EXISTING);
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

    @Test
    void proxyJumpLeadsThroughASecondServer() throws Exception {
        try (Sshd jump = Sshd.start()) {
            Files.copy(
                    sshd.folder().resolve("authorized_keys"),
                    jump.folder().resolve("authorized_keys"),
                    StandardCopyOption.REPLACE_EXISTING);
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
                    StandardCopyOption.REPLACE_EXISTING);
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

    private void useKey(Path key) throws Exception {
        Files.copy(
                Path.of(key + ".pub"),
                sshd.folder().resolve("authorized_keys"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        sshd.writeClientConfig("IdentityFile " + key);
    }
}
