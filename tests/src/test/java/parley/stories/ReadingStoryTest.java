package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import parley.tools.schema.Json;

import java.util.List;
import java.util.stream.StreamSupport;

/// Questions: they change nothing, and what is answered is what the hosts are.
@ExtendWith(StoryTeller.class)
class ReadingStoryTest {
    @Test
    void threeHostsAnswerAtOnceInEnglish(Story story) throws Exception {
        List<TestbedHost> hosts = threeHosts(story);

        Programs.Ended ended =
                story.whenAsked(
                                "is demo-web.service running on web-1, web-2 and db-1?",
                                "--output",
                                "json")
                        .exits(0);

        JsonNode json = Json.mapper().readTree(ended.out());
        for (TestbedHost host : hosts) {
            JsonNode answered = host(json, host.name());
            assertEquals("done", answered.path("outcome").asText(), answered.toString());
            assertEquals(
                    host.mainProcess("demo-web"),
                    answered.path("reading").path("mainPid").asLong(),
                    answered.path("reading").toString());
        }
        assertEquals(3, json.path("hosts").size(), ended.out());
    }

    @Test
    void threeHostsAnswerAtOnceInChinese(Story story) throws Exception {
        threeHosts(story);

        Programs.Ended ended =
                story.whenAsked("web-1、web-2、db-1 上 demo-web.service 状态怎么样").exits(0);

        for (String name : List.of("web-1", "web-2", "db-1")) {
            ended.says(name + "：demo-web.service 状态为 active (running)");
        }
    }

    @Test
    void theOneThatIsUnreachableHidesNeitherItselfNorTheOthers(Story story) throws Exception {
        story.given("web-1", Family.APT);
        story.given("web-2", Family.APT, Faults.UNREACHABLE);
        story.given("db-1", Family.DNF);

        story.whenAsked("is demo-web.service running on web-1, web-2 and db-1?")
                .exits(7)
                .says("web-1: demo-web.service is active (running)")
                .says("db-1: demo-web.service is active (running)")
                .says("web-2: no reading: web-2 cannot be reached");
    }

    @ParameterizedTest
    @EnumSource
    void aFullDiskIsSaidToBeFull(Family family, Story story) throws Exception {
        TestbedHost host =
                story.given(family == Family.APT ? "web-1" : "db-1", family, Faults.DISK_FULL);

        story.whenAsked("is any disk nearly full on " + host.name() + "?")
                .exits(0)
                .says(host.name() + ": /srv/data is");
    }

    @Test
    void aUserWithoutSudoIsToldThatTheAnswerIsPartial(Story story) throws Exception {
        story.given("web-1", Family.APT);
        story.givenLogin("plain");

        Programs.Ended sockets =
                story.whenAsked("what is listening on port 8080 on web-1?", "--output", "json");
        Programs.Ended log = story.whenAsked("show the log of demo-web.service on web-1");

        JsonNode json = Json.mapper().readTree(sockets.out());
        assertEquals("PARTIAL", host(json, "web-1").path("status").asText(), sockets.out());
        assertTrue(log.out().contains("web-1"), log.out());
    }

    private static List<TestbedHost> threeHosts(Story story) throws Exception {
        return List.of(
                story.given("web-1", Family.APT),
                story.given("web-2", Family.APT),
                story.given("db-1", Family.DNF));
    }

    private static JsonNode host(JsonNode json, String name) {
        return StreamSupport.stream(json.path("hosts").spliterator(), false)
                .filter(host -> host.path("host").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + json));
    }
}
