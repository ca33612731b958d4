package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static parley.stories.Colleagues.Person.ALICE;
import static parley.stories.Colleagues.Person.BOB;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.Users;
import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Two people at two terminals, two users of the operating system with a key each: what one asks
/// for in production, the other grants or refuses, and nobody grants what they asked for.
@ExtendWith(SharedTestbed.class)
class SecondPersonStoryTest {
    private static final Pattern WORDS =
            Pattern.compile("type \"([^\"]+)\" to ask a second person");

    @TempDir private Path folder;

    @Test
    void whatOneAsksForTheOtherGrantsOrRefusesAndNobodyTheirOwn(Testbed testbed) throws Exception {
        Users.needed();
        TestbedHost host = testbed.host("pair-1", Family.APT);
        host.root("DEBIAN_FRONTEND=noninteractive apt-get -q -y install tb-tool tb-base");
        try (Colleagues both = new Colleagues(folder, host)) {
            Talk refused = asks(both, host, "tb-base");
            String first = waiting(both);
            mayNotAnswerHerself(both, first);
            both.runs(BOB, "approvals", "refuse", first, "--reason", "not before the release")
                    .exits(0)
                    .says("refused: ");
            refused.ends().exits(4).says("not before the release");
            host.root("dpkg-query -W -f='${db:Status-Abbrev}' tb-base | grep -q ^ii");

            Talk granted = asks(both, host, "tb-tool");
            String second = waiting(both);
            both.runs(BOB, "approvals", "show", second)
                    .exits(0)
                    .says("asked by   alice")
                    .says("your inventory: prod")
                    .says("tb-tool");
            Programs.Ended blind = both.runs(BOB, "approvals", "grant", second).exits(4);
            assertTrue(blind.err().contains("granting needs a terminal"), blind::err);
            Talk grants = both.at(BOB, "approvals", "grant", second);
            grants.awaits("to grant it: ").types("remove something else");
            grants.ends().exits(4).says("nothing was signed");
            Talk again = both.at(BOB, "approvals", "grant", second);
            String words =
                    found(again, Pattern.compile("type \"([^\"]+)\" to grant it"), "grant it");
            again.types(words);
            again.ends().exits(0).says("granted: ");
            granted.ends().exits(0);
            assertEquals(1, host.tryRoot("dpkg-query -W tb-tool").exit(), "it is removed");

            anybodyCanCheck(both, second, "grant");
            anybodyCanCheck(both, first, "refuse");
            assertEquals(Map.of(), open(both));
            verified(both).exits(0).says("sound: ");
        } finally {
            host.root("apt-get -q -y purge tb-tool tb-base");
        }
    }

    /// Alice asks at her terminal, types the words of the change, and waits there.
    private static Talk asks(Colleagues both, TestbedHost host, String name) throws Exception {
        Talk talk = both.at(ALICE, "run", "package.remove", "names=" + name, "--host", host.name());
        talk.types(found(talk, WORDS, "to ask a second person"));
        talk.awaits("A second person is needed until");
        return talk;
    }

    private static String found(Talk talk, Pattern pattern, String shown) throws Exception {
        talk.awaits(shown);
        Matcher found = pattern.matcher(talk.text());
        assertTrue(found.find(), talk::text);
        return found.group(1);
    }

    /// The id of the one request that waits, as Bob finds it.
    private static String waiting(Colleagues both) throws Exception {
        List<String> ids = List.copyOf(open(both).keySet());
        assertEquals(1, ids.size(), ids::toString);
        return ids.getFirst();
    }

    /// The requests that nobody answered, by id, with who asked.
    private static Map<String, String> open(Colleagues both)
            throws IOException, InterruptedException {
        Map<String, String> open = new java.util.TreeMap<>();
        String listed = both.runs(BOB, "approvals", "list", "--output", "json").exits(0).out();
        for (String line : listed.lines().toList()) {
            JsonNode request = Json.mapper().readTree(line);
            if (request.path("state").asText().equals("waiting")) {
                open.put(request.path("id").asText(), request.path("requester").asText());
            }
        }
        return open;
    }

    private static void mayNotAnswerHerself(Colleagues both, String id) throws Exception {
        for (String answer : List.of("grant", "refuse")) {
            Programs.Ended own = both.runs(ALICE, "approvals", answer, id).exits(3);
            assertTrue(own.err().contains("asked for themselves"), own::toString);
        }
    }

    /// The recorder signs its last entries a moment later.
    private static Programs.Ended verified(Colleagues both) throws Exception {
        Instant deadline = Instant.now().plusSeconds(90);
        Programs.Ended verified = both.runs(ALICE, "audit", "verify");
        while (verified.exit() == 4 && Instant.now().isBefore(deadline)) {
            verified = both.runs(ALICE, "audit", "verify");
        }
        return verified;
    }

    /// With OpenSSH alone.
    private static void anybodyCanCheck(Colleagues both, String id, String answer)
            throws Exception {
        Path says = both.approvals().resolve(id + ".bob." + answer);
        String line =
                "ssh-keygen -Y verify -f %s -I bob -n parley-approval -s %s.sig < %s"
                        .formatted(both.signers(), says, says);
        Programs.run(Map.of(), Duration.ofMinutes(1), List.of("sh", "-c", line))
                .exits(0)
                .says("Good \"parley-approval\" signature for bob");
    }
}
