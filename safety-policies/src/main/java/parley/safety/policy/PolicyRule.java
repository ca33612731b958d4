package parley.safety.policy;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

/// One policy as it stands in its file.
///
/// @param id its `@id`
/// @param line where it begins, the first line being 1
/// @param permits whether it permits; otherwise it forbids
/// @param says the sentence shown to people: its `@en` and `@zh`
/// @param rung its `@rung`: what the missing thing is; empty for permits and outright refusals
/// @param toldToModels whether a model learns why it was refused; not with `@tell("people")`
public record PolicyRule(
        String id,
        String file,
        int line,
        boolean permits,
        Bilingual says,
        String rung,
        boolean toldToModels) {
    public PolicyRule {
        requireNonNull(id, "id is null");
        requireNonNull(file, "file is null");
        requireNonNull(says, "says is null");
        requireNonNull(rung, "rung is null");
    }
}
