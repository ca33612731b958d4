package parley.prompts.answer;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Finding;

import java.util.List;
import java.util.Optional;

/// What one call gave on one host, under the number that answers cite.
///
/// @param id `#3`
/// @param change whether the call was to change something
/// @param findings what was read, gravest first; empty when nothing could be read
/// @param gaps what a partial reading could not see
/// @param problem why nothing could be read or done
public record Evidence(
        String id,
        String host,
        String tool,
        boolean change,
        List<Finding> findings,
        List<Bilingual> gaps,
        Optional<Bilingual> problem) {
    public Evidence {
        requireNonNull(id, "id is null");
        requireNonNull(host, "host is null");
        requireNonNull(tool, "tool is null");
        findings = List.copyOf(findings);
        gaps = List.copyOf(gaps);
        requireNonNull(problem, "problem is null");
    }
}
