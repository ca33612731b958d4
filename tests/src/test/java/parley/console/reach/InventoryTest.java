package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an inventory says, and what is said about a wrong one.
class InventoryTest {
    @TempDir private Path folder;

    private Path write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file;
    }

    private Inventory read(String text) throws Exception {
        return Inventory.locate(
                Optional.of(write("inventory.yaml", text)), Map.of(), folder.resolve("none"));
    }

    /// The error for `text`, with the folder's name left out.
    private String error(Language language, String text) {
        BadInventory bad = assertThrows(BadInventory.class, () -> read(text));
        return bad.why().in(language).replace(folder + "/", "");
    }

    private void assertError(String text, String expected) {
        assertEquals(expected.strip(), error(Language.EN, text).strip());
        String zh = error(Language.ZH, text);
        assertTrue(zh.codePoints().anyMatch(point -> point >= 0x4E00 && point <= 0x9FFF), zh);
        assertEquals(expected.lines().findFirst().orElseThrow().split(" ")[0], zh.split(" ")[0]);
    }

    @Test
    void everyKeyOfAHostIsRead() throws Exception {
        Inventory inventory =
                read(
                        """
                        hosts:
                          web-1: {address: 10.0.0.11, groups: [web, prod], env: prod, aliases: [首页, shop]}
                          db-1:
                            address: db.example.org
                            port: 2222
                            user: ops
                            via: web-1
                            become: ask
                            model: deny
                            env: staging
                            labels: {rack: 12, owner: "team a"}
                          plain: {address: "fd00::1"}
                        """);
        assertEquals(
                List.of(
                        new Host(
                                "db-1",
                                Optional.of("db.example.org"),
                                Optional.of(2222),
                                Optional.of("ops"),
                                Optional.of("web-1"),
                                Host.Become.ASK,
                                Environment.STAGING,
                                Set.of(),
                                Set.of(),
                                false,
                                Map.of("rack", "12", "owner", "team a")),
                        host("plain", "fd00::1", Environment.PROD, Set.of(), Set.of()),
                        host(
                                "web-1",
                                "10.0.0.11",
                                Environment.PROD,
                                Set.of("web", "prod"),
                                Set.of("首页", "shop"))),
                inventory.hosts().all());
        assertEquals(List.of(folder.resolve("inventory.yaml")), inventory.sources());
        assertFalse(inventory.managed());
    }

    private static Host host(
            String name, String address, Environment env, Set<String> groups, Set<String> aliases) {
        return new Host(
                name,
                Optional.of(address),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.SUDO,
                env,
                groups,
                aliases,
                true,
                Map.of());
    }

    @Test
    void aGroupNamedLikeAnEnvironmentSetsIt() throws Exception {
        Inventory inventory =
                read("hosts: {a: {address: x1, groups: [dev, web]}, b: {address: x2}}");
        assertEquals(Environment.DEV, inventory.hosts().named("a").orElseThrow().environment());
        assertEquals(Environment.PROD, inventory.hosts().named("b").orElseThrow().environment());
    }

    @Test
    void localhostWithoutAddressIsThisMachine() throws Exception {
        Inventory inventory = read("hosts:\n  localhost:\n  a: {address: b}\n");
        assertEquals(
                Host.local(Host.Become.SUDO), inventory.hosts().named("localhost").orElseThrow());
    }

    @Test
    void anUnknownKeyIsShownInItsPlace() {
        assertError(
                """
                hosts:
                  web-1: {address: 10.0.0.1}
                  web-2: {adress: 10.0.0.2}
                """,
                """
                inventory.yaml:3:11: unknown key "adress"
                      web-2: {adress: 10.0.0.2}
                              ^
                Did you mean `address`? Known keys: address, groups, env, aliases, port, user, via, become, model, labels, manages.
                """);
        assertError(
                "hosts: {}\nhost: {}\n",
                """
                inventory.yaml:2:1: unknown key "host"
                    host: {}
                    ^
                Did you mean `hosts`? Known keys: hosts.
                """);
    }

    @Test
    void aCaretBehindWideCharactersLinesUp() {
        assertError(
                "hosts:\n  a: {address: b, labels: {机房: 上海}, x: 1}\n",
                """
                inventory.yaml:2:37: unknown key "x"
                      a: {address: b, labels: {机房: 上海}, x: 1}
                    %s^
                Known keys: address, groups, env, aliases, port, user, via, become, model, labels, manages.
                """
                        .formatted(" ".repeat(40)));
    }

    @Test
    void wrongTypesAreShownInTheirPlace() {
        assertError(
                "hosts: [a, b]\n",
                """
                inventory.yaml:1:8: `hosts` is not a mapping, but a list
                    hosts: [a, b]
                           ^
                Write it as KEY: VALUE pairs.
                """);
        assertError(
                "hosts:\n  a: {address: b, port: ssh}\n",
                """
                inventory.yaml:2:25: `port` is not a number, but "ssh"
                      a: {address: b, port: ssh}
                                            ^
                Write digits without quotes.
                """);
        assertError(
                "hosts:\n  a: {address: b, port: 70000}\n",
                """
                inventory.yaml:2:25: 70000 is not a port
                      a: {address: b, port: 70000}
                                            ^
                Write a number from 1 to 65535.
                """);
        assertError(
                "hosts:\n  a: {address: b, groups: web}\n",
                """
                inventory.yaml:2:27: `groups` is not a list, but "web"
                      a: {address: b, groups: web}
                                              ^
                Write it as [one, two].
                """);
        assertError(
                "hosts:\n  a: {address: b, become: root}\n",
                """
                inventory.yaml:2:27: `become` cannot be "root"
                      a: {address: b, become: root}
                                              ^
                Use one of: none, sudo, ask.
                """);
        assertError(
                "hosts:\n  a: {address: 12}\n",
                """
                inventory.yaml:2:16: `address` is not text, but "12"
                      a: {address: 12}
                                   ^
                Put it in quotes if it is meant so.
                """);
    }

    @Test
    void aHostNeedsAnAddress() {
        assertError(
                "hosts:\n  a: {groups: [web]}\n",
                """
                inventory.yaml:2:3: the host a has no address
                      a: {groups: [web]}
                      ^
                Add address: NAME-OR-IP. Only `localhost` may do without: it is this machine itself.
                """);
    }

    @Test
    void aNameStandsForOneHost() {
        assertError(
                "hosts:\n  a: {address: b}\n  a: {address: c}\n",
                """
                inventory.yaml:3:3: the host "a" is there twice
                      a: {address: c}
                      ^
                Remove one of the two.
                """);
        assertError(
                "hosts:\n  a: {address: b, aliases: [x]}\n  c: {address: d, aliases: [X]}\n",
                """
                inventory.yaml:3:3: "X" already stands for the host a
                      c: {address: d, aliases: [X]}
                      ^
                A name, alias or address may stand for one host only.
                """);
        assertError(
                "hosts:\n  a: {address: 10.0.0.1}\n  c: {address: 10.0.0.1}\n",
                """
                inventory.yaml:3:3: "10.0.0.1" already stands for the host a
                      c: {address: 10.0.0.1}
                      ^
                A name, alias or address may stand for one host only.
                """);
    }

    @Test
    void badNamesAreRefused() {
        assertError(
                "hosts:\n  Web_1: {address: b}\n",
                """
                inventory.yaml:2:3: "Web_1" is not a host name
                      Web_1: {address: b}
                      ^
                Use lower-case letters, digits, '-' and '.', at most 63, beginning with a letter or digit.
                """);
        for (String address : List.of("-oProxyCommand=id", "a b", "$(id)", "a;b", "u@h")) {
            String error = error(Language.EN, "hosts:\n  a: {address: \"" + address + "\"}\n");
            assertTrue(error.contains("does not fit `address`"), error);
        }
        String error = error(Language.EN, "hosts:\n  a: {address: b, user: \"-x\"}\n");
        assertTrue(error.contains("does not fit `user`"), error);
    }

    @Test
    void anEnvironmentThatContradictsItsGroupIsAnError() {
        assertError(
                "hosts:\n  a: {address: b, groups: [prod], env: dev}\n",
                """
                inventory.yaml:2:35: the host a is said to be two things: env dev and group prod
                      a: {address: b, groups: [prod], env: dev}
                                                      ^
                Leave one: a group named dev, staging or prod is the environment.
                """);
        assertError(
                "hosts:\n  a: {address: b, groups: [prod, dev]}\n",
                """
                inventory.yaml:2:19: the host a is said to be two things: groups dev, prod
                      a: {address: b, groups: [prod, dev]}
                                      ^
                Leave one: a group named dev, staging or prod is the environment.
                """);
    }

    @Test
    void jumpHostsMustBeThereAndLeadSomewhere() {
        assertError(
                "hosts:\n  a: {address: b, via: gate}\n",
                """
                inventory.yaml:2:6: the jump host "gate" is not in the inventory
                      a: {address: b, via: gate}
                         ^
                `via` takes the name of another host of the inventory.
                """);
        String error =
                error(Language.EN, "hosts: {a: {address: x, via: b}, b: {address: y, via: a}}");
        assertTrue(error.contains("the jump hosts of a go in a circle"), error);
    }

    @Test
    void whatIsNotYamlIsShownInItsPlace() {
        String error = error(Language.EN, "hosts:\n  a: {address: b\n  c: d\n");
        assertTrue(error.startsWith("inventory.yaml:3:"), error);
        assertTrue(error.contains("^"), error);
        String tab = error(Language.EN, "hosts:\n\ta: {address: b}\n");
        assertTrue(tab.startsWith("inventory.yaml:2:1: not YAML"), tab);
        String object = error(Language.EN, "hosts: !!java.io.File [x]\n");
        assertTrue(object.startsWith("inventory.yaml:1:8: not YAML"), object);
        assertTrue(error(Language.EN, "").contains("is not a mapping, but empty"));
        assertTrue(error(Language.EN, "a: 1\n---\nb: 1\n").contains("not YAML"));
    }

    @Test
    void whatRefersToItselfIsNoTrap() {
        String error = error(Language.EN, "hosts: &h {a: *h}\n");
        assertTrue(error.contains("inventory.yaml:1:"), error);
    }

    @Test
    void aMissingExplicitFileIsAnErrorAndNotThisMachine() {
        Path missing = folder.resolve("missing.yaml");
        BadInventory bad =
                assertThrows(
                        BadInventory.class,
                        () ->
                                Inventory.locate(
                                        Optional.of(missing), Map.of(), folder.resolve("none")));
        assertTrue(bad.why().en().startsWith("There is no inventory file " + missing));
    }

    @Test
    void withoutAnyFileThisMachineIsTheInventory() throws Exception {
        Inventory inventory =
                Inventory.locate(
                        Optional.empty(),
                        Map.of("XDG_CONFIG_HOME", folder.toString()),
                        folder.resolve("none"));
        assertEquals(List.of(Host.local(Host.Become.SUDO)), inventory.hosts().all());
        assertEquals(List.of(), inventory.sources());
    }

    @Test
    void thePersonalFileIsFoundBelowTheConfiguredFolder() throws Exception {
        Path file = write("parley/inventory.yaml", "hosts: {a: {address: b}}");
        Inventory inventory =
                Inventory.locate(
                        Optional.empty(),
                        Map.of("XDG_CONFIG_HOME", folder.toString()),
                        folder.resolve("none"));
        assertEquals(List.of(file), inventory.sources());
        assertEquals(1, inventory.hosts().size());
    }

    @Test
    void theManagedFileRulesAndOthersMayOnlyAdd() throws Exception {
        Assumptions.assumeTrue(Sshd.isRoot(), "SKIPPED: only root can own a managed inventory");
        Path managed = write("etc/inventory.yaml", "hosts: {a: {address: b, env: prod}}");
        Path own = write("own.yaml", "hosts: {c: {address: d, via: a}, localhost: {}}");
        Inventory inventory = Inventory.locate(Optional.of(own), Map.of(), managed);
        assertTrue(inventory.managed());
        assertEquals(List.of(managed, own), inventory.sources());
        assertEquals(3, inventory.hosts().size());
        assertEquals(
                Environment.PROD, inventory.hosts().named("localhost").orElseThrow().environment());

        Path taking = write("taking.yaml", "hosts: {a: {address: elsewhere, env: dev}}");
        BadInventory bad =
                assertThrows(
                        BadInventory.class,
                        () -> Inventory.locate(Optional.of(taking), Map.of(), managed));
        assertTrue(bad.why().en().contains("managed inventory"), bad.why().en());

        Files.setPosixFilePermissions(managed, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThrows(
                BadInventory.class, () -> Inventory.locate(Optional.of(own), Map.of(), managed));
    }
}
