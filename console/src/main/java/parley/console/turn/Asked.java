package parley.console.turn;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Usage;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The planners of one request, asked in their order. Who failed once in a request is not asked
/// again in it: nobody waits twice for the same silence.
final class Asked {
    private final House house;
    private final Journal journal;
    private final Person person;
    private final Deque<Planner> left;
    private Usage usage = Usage.NONE;

    Asked(House house, Journal journal, Person person, List<Planner> planners) {
        this.house = house;
        this.journal = journal;
        this.person = person;
        this.left = new ArrayDeque<>(planners);
    }

    /// What the models among them took so far.
    Usage usage() {
        return usage;
    }

    /// What the first planner says that does not fail.
    Planned next(Conversation conversation) throws RecordUnavailable, InterruptedException {
        while (true) {
            Planner planner = left.getFirst();
            try {
                Planned planned = planner.next(told(conversation, planner), person::partial);
                refuseWhatIsHidden(planned, planner);
                usage = usage.plus(Usage.total(planned.exchanges()));
                journal.planned(planner.name(), planned);
                return planned;
            } catch (PlannerFailed failed) {
                left.removeFirst();
                journal.plannerFailed(planner.name(), failed.why(), failed.exchanges());
                usage = usage.plus(Usage.total(failed.exchanges()));
                if (left.isEmpty()) {
                    throw new IllegalStateException("the embedded planner failed", failed);
                }
                person.notice(instead(failed.why()));
            }
        }
    }

    private Conversation told(Conversation conversation, Planner planner) {
        return planner.sends() ? Told.of(conversation, house.log().redactor()) : conversation;
    }

    /// A plan with a secret in it can only be made by a planner that may know the secret.
    private static void refuseWhatIsHidden(Planned planned, Planner planner) throws PlannerFailed {
        if (planner.sends()
                && planned instanceof Planned.Plan plan
                && Told.wantsWhatIsHidden(plan.proposal())) {
            throw new PlannerFailed(
                    Bilingual.of(
                            "the plan of the model \"{0}\" would need a secret, which no model is"
                                    + " told",
                            "模型“{0}”的方案需要用到机密信息，而机密信息不会告诉任何模型", planner.name()),
                    planned.exchanges(),
                    null);
        }
    }

    private Bilingual instead(Bilingual why) {
        return left.size() == 1
                ? Bilingual.of(
                        why.en() + "; this is the embedded planner's plan",
                        why.zh() + "；以下改用内置规划器的方案")
                : Bilingual.of(
                        "{0}; asking {1} instead", "{0}；改为询问 {1}", why, left.getFirst().name());
    }
}
