package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import parley.safety.policy.Situation;
import parley.tools.Bilingual;
import parley.tools.Risk;

import java.util.List;
import java.util.Set;

/// What the gate is told beside the step itself.
///
/// @param targets names of all hosts that the same request changes
/// @param groupSize how many hosts the largest production group among the targets' groups has; 0
///   for none
/// @param groupHit how many of that group are targets
/// @param previewRisk what the preview says it is; `OBSERVE` when there was none
/// @param objects canonical names of what is changed, from the preview (`sshd.service`)
/// @param alsoHit canonical names of what is interrupted with it
/// @param effects what the preview says will happen, for the card
/// @param undo how it would be taken back, for the card; empty for observations
/// @param outputRead whether anything a host printed was given to the planner before it proposed
///   this step
/// @param removes names of packages that the solved plan takes away
/// @param situation calendar, locks, what was declared, what happened lately
public record Circumstances(
        Actor actor,
        Set<String> targets,
        int groupSize,
        int groupHit,
        Risk previewRisk,
        Set<String> objects,
        Set<String> alsoHit,
        List<Bilingual> effects,
        List<Bilingual> undo,
        boolean outputRead,
        Set<String> removes,
        Situation situation) {
    public Circumstances {
        requireNonNull(actor, "actor is null");
        targets = Set.copyOf(targets);
        requireNonNull(previewRisk, "previewRisk is null");
        objects = Set.copyOf(objects);
        alsoHit = Set.copyOf(alsoHit);
        effects = List.copyOf(effects);
        undo = List.copyOf(undo);
        removes = Set.copyOf(removes);
        requireNonNull(situation, "situation is null");
    }

    /// With nothing removed, at a quiet hour.
    public Circumstances(
            Actor actor,
            Set<String> targets,
            int groupSize,
            int groupHit,
            Risk previewRisk,
            Set<String> objects,
            Set<String> alsoHit,
            List<Bilingual> effects,
            List<Bilingual> undo,
            boolean outputRead) {
        this(
                actor,
                targets,
                groupSize,
                groupHit,
                previewRisk,
                objects,
                alsoHit,
                effects,
                undo,
                outputRead,
                Set.of(),
                Situation.CALM);
    }

    /// The same, in what holds now.
    public Circumstances in(Situation now) {
        return new Circumstances(
                actor,
                targets,
                groupSize,
                groupHit,
                previewRisk,
                objects,
                alsoHit,
                effects,
                undo,
                outputRead,
                removes,
                now);
    }

    /// The same, with packages that the solved plan takes away.
    public Circumstances removing(Set<String> packages) {
        return new Circumstances(
                actor,
                targets,
                groupSize,
                groupHit,
                previewRisk,
                objects,
                alsoHit,
                effects,
                undo,
                outputRead,
                packages,
                situation);
    }

    /// The same, proposed after a planner read what a host printed, or not.
    public Circumstances after(boolean output) {
        return new Circumstances(
                actor,
                targets,
                groupSize,
                groupHit,
                previewRisk,
                objects,
                alsoHit,
                effects,
                undo,
                output,
                removes,
                situation);
    }

    /// The circumstances of an observation on one host.
    public static Circumstances observing(Actor actor, String host) {
        return new Circumstances(
                actor,
                Set.of(host),
                0,
                0,
                Risk.OBSERVE,
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                false);
    }
}
