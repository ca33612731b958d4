package parley.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.Main;
import parley.safety.record.Users;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
        Map<String, Ended> ended = play();

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

    private static Ended of(Map<String, Ended> ended, String what) {
        Ended found = ended.get(what);
        assertTrue(found != null, () -> what + " was not run: " + ended);
        return found == null ? new Ended(-1, "") : found;
    }

    /// Runs everything in one script, because the machine's folders are this namespace's own.
    private Map<String, Ended> play() throws Exception {
        Users users = new Users(temporary);
        Path script = temporary.resolve("play.sh");
        Files.writeString(script, script(users));
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

    private String script(Users users) {
        String alice = line(users, Users.ALICE, "alice");
        String bob = line(users, Users.BOB, "bob");
        String keeper = words(users.java(Users.as(Users.RECORDER, Users.OPERATORS), Main.class));
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
        say() {
            name=$1 home=$2; shift 2
            code=0
            env -i PATH="$PATH" LANG=C.UTF-8 HOME=%1$s/homes/$home XDG_STATE_HOME=%1$s/homes/$home "$@" > results/$name 2>&1 || code=$?
            echo "$name $code" >> results/names
        }
        say before alice %6$s ask 'how much memory is free'
        say doctor alice %6$s doctor
        env -i PATH="$PATH" LANG=C.UTF-8 HOME=%1$s/homes/parley %8$s recorder > results/recorder 2>&1 &
        recorder=$!
        for _ in $(seq 300); do [ -S /run/parley/recorder.sock ] && grep -q recording results/recorder && break; sleep 0.1; done
        say asked alice %6$s ask 'how much memory is free'
        mv etc/parley/policies etc/parley/elsewhere
        say lawless alice %6$s ask 'how much memory is free'
        mv etc/parley/elsewhere etc/parley/policies
        say verified alice %6$s audit verify
        say own alice %6$s audit list
        say others bob %7$s audit list
        printf 'alice: [viewer, operator]\\nbob: [viewer, auditor]\\n' > etc/parley/roles.yaml
        say auditor bob %7$s audit list
        run=$(sed -n 's/.*"run":"\\([^"]*\\)".*"type":"request".*/\\1/p' /var/lib/parley/record/seg/* | head -n 1)
        say operatorErases alice %6$s audit erase "$run" --reason test
        say keeperErases parley %8$s audit erase "$run" --reason test
        say gone alice %6$s audit list
        kill $recorder; wait $recorder || true
        say after alice %6$s ask 'how much memory is free'
        say sound alice %6$s audit verify
        """
                .formatted(
                        temporary,
                        Users.RECORDER,
                        Users.ALICE,
                        Users.BOB,
                        Users.OPERATORS,
                        alice,
                        bob,
                        keeper);
    }

    private static String line(Users users, int user, String name) {
        assertFalse(name.isEmpty());
        return words(users.java(Users.as(user, user, Users.OPERATORS), Main.class));
    }

    private static String words(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }
}
