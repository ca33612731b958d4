package parley.prompts.plan.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

import parley.prompts.plan.Planned;
import parley.prompts.plan.Planned.Decline;
import parley.prompts.plan.Planned.Reason;

import java.util.List;

final class NeverTest {
    @Test
    void refusesWhatWouldLeaveAHostWithoutAccess() {
        for (String words :
                List.of(
                        "remove libc6 from web-1",
                        "uninstall sudo on all hosts",
                        "stop sshd on all hosts",
                        "mask sshd on web-1 and web-2",
                        "删掉web-1的libc6",
                        "把全部主机的sshd停了")) {
            Planned planned = Fleet.plan(Fleet.HOSTS, words, List.of());
            assertEquals(
                    Reason.NOT_ALLOWED, assertInstanceOf(Decline.class, planned, words).reason());
        }
    }

    @Test
    void leavesOneHostToThePolicies() {
        assertInstanceOf(
                Planned.Plan.class, Fleet.plan(Fleet.HOSTS, "stop sshd on web-1", List.of()));
    }
}
