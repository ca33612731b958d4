package parley.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.Main;
import parley.safety.record.Aged;
import parley.safety.record.Users;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A managed machine as its people meet it: the administrator's files, a recorder under its own
/// user, operators under theirs. All in a mount namespace of its own.
final class ManagedRecordTest {
    @TempDir Path temporary;

    /// What one command printed and how it ended.
    private record Ended(int exit, String out) {}

    @Test
    void nothingRunsWithoutTheRecorderAndWithItEverythingIsTheRecorders() throws Exception {
        Users.needed();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, Ended> ended = play(this::requests);

        Ended before = of(ended, "before");
        assertEquals(10, before.exit(), before.out());
        assertTrue(before.out().contains("the recorder does not answer"), before.out());
        assertTrue(before.out().contains("systemctl status parley-recorder"), before.out());
        assertEquals(1, of(ended, "doctor").exit(), of(ended, "doctor").out());

        Ended asked = of(ended, "asked");
        assertEquals(0, asked.exit(), asked.out());
        assertTrue(asked.out().contains("#1"), "it cites what it read: " + asked.out());
        Ended lawless = of(ended, "lawless");
        assertEquals(2, lawless.exit(), lawless.out());
        assertTrue(lawless.out().contains("nothing is permitted"), lawless.out());
        assertEquals(0, of(ended, "verified").exit(), of(ended, "verified").out());
        assertTrue(of(ended, "verified").out().contains("(0 opened)"), "an operator has no keys");
        assertTrue(of(ended, "own").out().contains("how much memory"), of(ended, "own").out());
        assertFalse(
                of(ended, "others").out().contains("how much memory"), of(ended, "others").out());
        assertTrue(
                of(ended, "auditor").out().contains("how much memory"), of(ended, "auditor").out());

        Ended erased = of(ended, "operatorErases");
        assertEquals(10, erased.exit(), erased.out());
        assertTrue(erased.out().contains("only its user may erase"), erased.out());
        assertEquals(0, of(ended, "keeperErases").exit(), of(ended, "keeperErases").out());
        assertFalse(of(ended, "gone").out().contains("how much memory"), of(ended, "gone").out());

        Ended after = of(ended, "after");
        assertEquals(10, after.exit(), after.out());
        assertEquals(0, of(ended, "sound").exit(), of(ended, "sound").out());
        assertTrue(of(ended, "sound").out().contains("erased"), of(ended, "sound").out());
    }

    /// The record was begun by one person's Parley, long ago, and a recorder took it over.
    @Test
    void auditorsFindAndProveWhatARecorderKeepsAndOnlyItsUserLetsGoOfIt() throws Exception {
        Users.needed();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, Ended> ended = play(this::audits);

        assertEquals(0, of(ended, "listed").exit(), of(ended, "listed").out());
        assertTrue(of(ended, "listed").out().contains("r2"), "it was not of this group");
        Ended viewer = of(ended, "viewerSearches");
        assertEquals(0, viewer.exit(), viewer.out());
        assertFalse(viewer.out().contains("words r1"), viewer.out());
        assertTrue(viewer.out().contains("not yours to read"), viewer.out());
        Ended auditor = of(ended, "auditorSearches");
        assertTrue(auditor.out().contains("words r1"), "the index was made anew: " + auditor.out());
        assertFalse(auditor.out().contains("not yours to read"), auditor.out());
        assertTrue(of(ended, "shown").out().contains("words r1"), of(ended, "shown").out());
        Ended counted = of(ended, "counted");
        assertTrue(counted.out().contains("requests by operator"), counted.out());
        assertTrue(of(ended, "recounted").out().contains("\"request\" : 3"), "counted by reading");
        assertTrue(counted.out().matches("(?s).*3  \\w.*"), counted.out());
        assertEquals(0, of(ended, "verified").exit(), of(ended, "verified").out());
        assertEquals(0, of(ended, "exported").exit(), of(ended, "exported").out());
        assertEquals(0, of(ended, "bundle").exit(), of(ended, "bundle").out());
        assertTrue(of(ended, "bundle").out().contains("complete"), of(ended, "bundle").out());

        Ended wasIt = of(ended, "auditorAsksForSecret");
        assertEquals(10, wasIt.exit(), wasIt.out());
        assertTrue(wasIt.out().contains("keeps the keys"), wasIt.out());
        assertEquals(0, of(ended, "keeperAsksForSecret").exit());
        Ended operator = of(ended, "operatorPrunes");
        assertEquals(10, operator.exit(), operator.out());
        assertTrue(operator.out().contains("only its user may erase or prune"), operator.out());
        Ended keeper = of(ended, "keeperPrunes");
        assertEquals(4, keeper.exit(), keeper.out());
        assertTrue(keeper.out().contains("a second person is needed"), keeper.out());
        assertEquals(0, of(ended, "keeperErases").exit(), of(ended, "keeperErases").out());
        Ended gone = of(ended, "auditorSearchesAgain");
        assertFalse(gone.out().contains("words r1"), gone.out());
        assertTrue(gone.out().contains("words r2"), gone.out());
        assertEquals(0, of(ended, "sound").exit(), of(ended, "sound").out());
    }

    private static Ended of(Map<String, Ended> ended, String what) {
        Ended found = ended.get(what);
        assertTrue(found != null, () -> what + " was not run: " + ended);
        return found == null ? new Ended(-1, "") : found;
    }

    /// Runs everything in one script, because the machine's folders are this namespace's own.
    private Map<String, Ended> play(Function<Users, String> scenes) throws Exception {
        Users users = new Users(temporary);
        Path script = temporary.resolve("play.sh");
        Files.writeString(script, stage(users) + scenes.apply(users));
        Process process =
                new ProcessBuilder("unshare", "-m", "bash", script.toString())
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(temporary.resolve("played").toFile())
                        .start();
        if (!process.waitFor(400, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertEquals(0, process.waitFor(), Files.readString(temporary.resolve("played")));
        Map<String, Ended> ended = new LinkedHashMap<>();
        for (String name : Files.readAllLines(temporary.resolve("results/names"))) {
            String[] parts = name.split(" ", 2);
            ended.put(
                    parts[0],
                    new Ended(
                            Integer.parseInt(parts[1]),
                            Files.readString(temporary.resolve("results/" + parts[0]))));
        }
        return ended;
    }

    /// The machine, and how its people give a command: `say NAME WHO WORDS`.
    private String stage(Users users) {
        return """
        set -eu
        cd %1$s
        mkdir results homes etc
        mkdir -p etc/parley/policies
        for file in passwd group nsswitch.conf ld.so.cache os-release hostname hosts localtime; do
            [ ! -e /etc/$file ] || cp -L /etc/$file etc/$file
        done
        printf 'parley:x:%2$d:%5$d::/nonexistent:/bin/false\\nalice:x:%3$d:%3$d::/tmp:/bin/sh\\nbob:x:%4$d:%4$d::/tmp:/bin/sh\\n' >> etc/passwd
        printf 'hosts:\\n  localhost: {env: prod}\\n' > etc/parley/inventory.yaml
        printf 'alice: [viewer, operator]\\nbob: [viewer]\\n' > etc/parley/roles.yaml
        chmod -R u=rwX,go=rX etc/parley
        mount --bind etc /etc
        mount -t tmpfs tmpfs /var/lib
        mount -t tmpfs tmpfs /run
        install -d -o %2$d -g %5$d -m 750 /var/lib/parley
        install -d -o %2$d -g %5$d -m 755 /run/parley
        for who in alice:%3$d bob:%4$d parley:%2$d; do install -d -o ${who#*:} -m 700 homes/${who%%:*}; done
        alice() { %6$s "$@"; }
        bob() { %7$s "$@"; }
        parley() { %8$s "$@"; }
        say() {
            name=$1 who=$2; shift 2
            code=0
            ( export LANG=C.UTF-8 HOME=%1$s/homes/$who XDG_STATE_HOME=%1$s/homes/$who
              unset XDG_CONFIG_HOME XDG_CACHE_HOME SUDO_USER
              $who "$@" ) > results/$name 2>&1 || code=$?
            echo "$name $code" >> results/names
        }
        begin() {
            ( export LANG=C.UTF-8 HOME=%1$s/homes/parley; exec %8$s recorder ) > results/recorder 2>&1 &
            recorder=$!
            for _ in $(seq 600); do [ -S /run/parley/recorder.sock ] && grep -q recording results/recorder && break; sleep 0.1; done
        }
        end() { kill $recorder; wait $recorder || true; }
        """
                .formatted(
                        temporary,
                        Users.RECORDER,
                        Users.ALICE,
                        Users.BOB,
                        Users.OPERATORS,
                        line(users, Users.ALICE),
                        line(users, Users.BOB),
                        words(users.java(Users.as(Users.RECORDER, Users.OPERATORS), Main.class)));
    }

    private String requests(Users users) {
        assertTrue(Files.exists(temporary), "the stage stands");
        return """
        say before alice ask 'how much memory is free'
        say doctor alice doctor
        begin
        say asked alice ask 'how much memory is free'
        mv etc/parley/policies etc/parley/elsewhere
        say lawless alice ask 'how much memory is free'
        mv etc/parley/elsewhere etc/parley/policies
        say verified alice audit verify
        say own alice audit list
        say others bob audit list
        printf 'alice: [viewer, operator]\\nbob: [viewer, auditor]\\n' > etc/parley/roles.yaml
        say auditor bob audit list
        run=$(sed -n 's/.*"run":"\\([^"]*\\)".*"type":"request".*/\\1/p' /var/lib/parley/record/seg/* | head -n 1)
        say operatorErases alice audit erase "$run" --reason test
        say keeperErases parley audit erase "$run" --reason test
        say gone alice audit list
        end
        say after alice ask 'how much memory is free'
        say sound alice audit verify
        """;
    }

    private String audits(Users users) {
        String aged =
                words(
                        users.java(
                                Users.as(Users.RECORDER, Users.OPERATORS),
                                Aged.class,
                                "/var/lib/parley/record",
                                "400",
                                "3"));
        return """
        (cd /; HOME=/tmp %s)
        install -d -m 1777 /run/approvals
        touch etc/parley/allowed_signers
        printf 'approvals: {directory: /run/approvals, allowedSigners: /etc/parley/allowed_signers}\\n' > etc/parley/config.yaml
        printf 'alice: [viewer, operator]\\nbob: [viewer]\\nparley: [viewer]\\n' > etc/parley/roles.yaml
        chmod -R u=rwX,go=rX etc/parley
        begin
        say listed alice audit list
        say viewerSearches bob audit search words
        printf 'alice: [viewer, operator]\\nbob: [viewer, auditor]\\nparley: [viewer]\\n' > etc/parley/roles.yaml
        say auditorSearches bob audit search words
        say shown bob audit show r1
        say counted bob audit stats
        say recounted bob audit stats --recount --output json
        say verified bob audit verify
        say exported bob audit export --out homes/bob/all.parley
        say bundle bob audit verify-bundle homes/bob/all.parley
        say auditorAsksForSecret bob audit was-it nothing
        say keeperAsksForSecret parley audit was-it nothing
        say operatorPrunes alice audit prune --before $(date -u -d '200 days ago' +%%F) --reason retention
        say keeperPrunes parley audit prune --before $(date -u -d '200 days ago' +%%F) --reason retention
        say keeperErases parley audit erase r1 --reason test
        say auditorSearchesAgain bob audit search words
        sleep 12 # what was read is signed ten seconds later
        say sound bob audit verify
        end
        """
                .formatted(aged);
    }

    private static String line(Users users, int user) {
        return words(users.java(Users.as(user, user, Users.OPERATORS), Main.class));
    }

    private static String words(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }
}
