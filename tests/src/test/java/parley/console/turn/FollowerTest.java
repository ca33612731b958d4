package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Following;
import parley.tools.Observed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Work that goes on by itself is followed to its end, and nothing but the host ends it.
class FollowerTest {
    @TempDir Path folder;
    private OwnMachine machine;

    @BeforeEach
    void open() throws Exception {
        machine = new OwnMachine(folder);
    }

    @AfterEach
    void close() {
        machine.close();
    }

    /// Work whose looks find these stages, one after the other.
    private record Work(Call<?> call, Deque<Stage> stages, Duration alertAfter)
            implements Following {
        static Work of(Stage... stages) throws Exception {
            return new Work(
                    OwnMachine.call("mem.usage"),
                    new ArrayDeque<>(List.of(stages)),
                    Duration.ofHours(1));
        }

        @Override
        public Call<?> look(Optional<Observed> first) {
            return call;
        }

        @Override
        public Stage stage(Observed look) {
            return stages.removeFirst();
        }

        @Override
        public List<Argv> clear() {
            return List.of();
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(1);
        }
    }

    private static Following.Stage running(String words, int percent) {
        return new Following.Stage.Running(Bilingual.same(words), Optional.of(percent));
    }

    private Follower.Followed follow(Following work, Leave leave) throws Exception {
        return new Follower(machine.observer(), machine.told())
                .follow(work, OwnMachine.HOST, leave);
    }

    @Test
    void itIsLookedAtUntilTheHostSaysThatItIsOver() throws Exception {
        Work work =
                Work.of(
                        running("downloading", 40),
                        running("installing", 90),
                        new Following.Stage.Ended(Bilingual.same("ended")));
        Follower.Followed followed = follow(work, () -> false);

        assertEquals(0, followed.outcome().exitCode());
        assertTrue(followed.isOver());
        assertTrue(followed.last().isPresent());
        assertEquals(
                List.of("downloading 40 %", "installing 90 %", ""), machine.told().working);
        assertTrue(work.stages().isEmpty(), "it was not looked at to the end");
    }

    @Test
    void whatFailedIsOverToo() throws Exception {
        Follower.Followed followed =
                follow(
                        Work.of(new Following.Stage.Failed(Bilingual.same("apt failed"))),
                        () -> false);

        assertTrue(followed.outcome().is(Outcome.Kind.FAILED));
        assertEquals("apt failed", followed.outcome().says().en());
        assertTrue(followed.isOver());
    }

    @Test
    void whatNobodyKnowsTheEndOfIsUnknownAndNotOver() throws Exception {
        Follower.Followed followed =
                follow(Work.of(new Following.Stage.Lost(Bilingual.same("no trace"))), () -> false);

        assertTrue(followed.outcome().is(Outcome.Kind.UNKNOWN));
        assertFalse(followed.isOver());
    }

    @Test
    void whoeverLeavesIsToldThatItGoesOnAndHowToLook() throws Exception {
        Follower.Followed followed = follow(Work.of(running("installing", 10)), () -> true);

        assertTrue(followed.outcome().is(Outcome.Kind.CANCELLED));
        assertFalse(followed.isOver());
        String says = followed.outcome().says().en();
        assertTrue(says.contains("the work goes on on localhost"), says);
        assertTrue(says.contains("parley run mem.usage --host localhost"), says);
        assertTrue(says.contains("parley settle localhost"), says);
    }

    @Test
    void whatTakesLongIsSaidOnceAndNotStopped() throws Exception {
        Work quick =
                Work.of(
                        running("installing", 10),
                        running("installing", 20),
                        new Following.Stage.Ended(Bilingual.same("ended")));
        Work slow = new Work(quick.call(), quick.stages(), Duration.ZERO);

        assertEquals(0, follow(slow, () -> false).outcome().exitCode());
        assertEquals(1, machine.told().notices.size(), machine.told().notices::toString);
        assertTrue(machine.told().notices.getFirst().contains("nothing is stopped"));
    }
}
