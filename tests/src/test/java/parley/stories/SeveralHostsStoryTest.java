package parley.stories;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Questions about several hosts together, and changes of single processes, on real hosts.
@ExtendWith(StoryTeller.class)
class SeveralHostsStoryTest {
    @Test
    void whatDiffersBetweenTwoHostsIsNamed(Story story) throws Exception {
        story.given("web-1", Family.APT);
        story.given("web-2", Family.APT, new Fault.Named("port-closed"));

        story.whenAsked("compare services on web-1 and web-2")
                .exits(0)
                .says("services demo-web.service")
                .says("active/enabled: web-1; inactive/enabled: web-2");
    }

    @Test
    void aHostThatNobodyReachesIsNamedWithItsSide(Story story) throws Exception {
        story.given("web-1", Family.APT);
        story.given("web-2", Family.APT, Faults.UNREACHABLE);
        story.given("db-1", Family.DNF);

        story.whenAsked("web-1、web-2、db-1 互相通不通").says("没有主机能到达 web-2").says("无法询问 web-2");
    }

    @ParameterizedTest
    @EnumSource
    void aProcessThatIsToEndIsGoneAndNoOtherIsHit(Family family, Story story) throws Exception {
        TestbedHost host = story.given(family == Family.APT ? "web-1" : "db-1", family);
        String pid =
                host.root(
                                "systemd-run --quiet --unit=nightly-sums sleep 600;"
                                        + " systemctl show -P MainPID nightly-sums")
                        .strip();

        Talk talk = story.operator().at(100, "ask", "kill pid " + pid + " on " + host.name());
        talk.awaits("nothing starts nightly-sums.service again").awaits("to go on");
        talk.types("signal " + pid + " on " + host.name());
        talk.ends().exits(0).says("process " + pid + " is gone");
        story.thenOnlyChanged(host, "nightly-sums.service ");
    }
}
