package parley.prompts.answer;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.diagnosis.Diagnosed;

import java.util.List;
import java.util.Optional;

/// What one call gave on one host, under the number that answers cite.
///
/// @param id `#3`
/// @param change whether the call was to change something
/// @param findings what was read, gravest first; empty when nothing could be read
/// @param gaps what a partial reading could not see
/// @param problem why nothing could be read or done
/// @param diagnosis what a diagnosis came to; then `findings` and `gaps` are told by it
public record Evidence(
        String id,
        String host,
        String tool,
        boolean change,
        List<Finding> findings,
        List<Bilingual> gaps,
        Optional<Bilingual> problem,
        Optional<Diagnosed> diagnosis) {
    public Evidence {
        requireNonNull(id, "id is null");
        requireNonNull(host, "host is null");
        requireNonNull(tool, "tool is null");
        findings = List.copyOf(findings);
        gaps = List.copyOf(gaps);
        requireNonNull(problem, "problem is null");
        requireNonNull(diagnosis, "diagnosis is null");
    }

    /// What a tool that concludes nothing gave.
    public Evidence(
            String id,
            String host,
            String tool,
            boolean change,
            List<Finding> findings,
            List<Bilingual> gaps,
            Optional<Bilingual> problem) {
        this(id, host, tool, change, findings, gaps, problem, Optional.empty());
    }
}
