package parley.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import parley.tools.catalogue.packages.Dnf;
import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Exit codes that are not what they look like: each was seen on a real host, and what is read from
/// it says the truth all the same. That the tools say so is what the test of recordings proves;
/// here stands that every such code is among the recordings.
class ExitCodesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dnf --assumeno shows a plan          | package.plan/testbed-9--upgrade-named                  | 4 | dnf        | 1   | upgrade: tb-demo
                    dnf --assumeno finds no plan         | package.plan/testbed-9--conflict                       | 5 | dnf        | 1   | it cannot be done
                    a script fails and dnf ends well     | job.status/testbed-9--script-failed                    | 1 | systemctl  | 0   | Error in POSTIN scriptlet
                    apt ends badly for another package   | job.status/debian-12--failed                           | 1 | systemctl  | 0   | exit status 100
                    rpm counts what is missing           | package.info/testbed-9--unknown                        | 1 | rpm        | 1   | is not installed
                    rpm -V finds differences             | package.verify_files/testbed-9--changed                | 2 | rpm        | 2   | has other contents than packaged
                    a file that nobody signed            | package.verify_signature/testbed-9--offered-unsigned   | 5 | rpmkeys    | 1   | is not signed
                    apt-get update told to mind failures | package.updates/debian-12--refresh-failed              | 1 | apt-get    | 100 | could not be fetched anew
                    a half-configured package and 0      | package.repair_plan/debian-12--half-configured         | 2 | apt-get    | 0   | not fully installed
                    a service that dies at once          | service.start/debian-12--dies-at-once                  | 1 | systemctl  | 0   | systemd carried out
                    show of a unit that is not there     | service.status/debian-12--no-such-unit                 | 1 | systemctl  | 0   | no such unit on this host
                    a certificate for another name       | cert.endpoint/debian-12--wrong-name                    | 3 | openssl    | 0   | the certificate is not for
                    dig of a name that does not exist    | dns.check/debian-12--nxdomain                          | 3 | dig        | 0   | NXDOMAIN
                    getent of a name that does not exist | net.probe/testbed-9--name-unknown                      | 1 | getent     | 2   | has no address on this host
                    the journal of a unit never heard of | log.journal/debian-12--no-such-unit                    | 4 | journalctl | 0   | there is no unit
                    a command out of time                | disk.usage/debian-12--full-disks-and-silent-server     | 3 | df         | 124 | did not answer within
                    """)
    void aCodeThatMisleadsIsRecordedAndReadRightly(
            String what, String recording, int command, String program, int exit, String says)
            throws IOException {
        Path folder = Recording.ROOT.resolve(recording);
        JsonNode ran =
                Json.mapper()
                        .readTree(folder.resolve("case.json").toFile())
                        .path("commands")
                        .path(command - 1);

        assertEquals(program, ran.path("argv").path(0).asText(), what);
        assertEquals(exit, ran.path("exit").asInt(-1), what);
        String expected = Files.readString(folder.resolve("expected.json"));
        assertTrue(expected.contains(says), () -> what + " is read as " + expected);
    }

    private static Capture dnf(int exit, String stdout, String stderr) {
        return Captured.of(Dnf.cached("repoquery"), exit, stdout, stderr);
    }

    @Test
    void aLockedDnfIsBusyAndNotEmpty() {
        Unreadable busy = assertThrows(Unreadable.class, () -> Dnf.lacksCache(dnf(200, "", "")));

        assertTrue(busy.why().en().startsWith("dnf is busy"), busy.why()::en);
    }

    @Test
    void anErrorOfDnfIsNotTheLackOfLists() throws Unreadable {
        assertTrue(
                Dnf.lacksCache(dnf(1, "", "Error: Cache-only enabled but no cache for 'testbed'")));
        assertThrows(Unreadable.class, () -> Dnf.lacksCache(dnf(1, "", "Error: no such thing")));
        assertFalse(Dnf.lacksCache(dnf(0, "", "")));
    }

    @Test
    void rpmThatEndsWellWithAnErrorIsNotBelieved() {
        Capture tag =
                Captured.of(
                        Argv.of("rpm", "-q", "--qf", "%{NOSUCH}", "bash"),
                        0,
                        "",
                        "error: incorrect format: unknown tag: \"NOSUCH\"\n");

        assertThrows(Unreadable.class, () -> Dnf.sound(tag));
    }
}
