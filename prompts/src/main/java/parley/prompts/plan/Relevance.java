package parley.prompts.plan;

import java.util.List;

/// Says which tools words are about. It only proposes: what is left out may still be planned.
public interface Relevance {
    /// Names of tools, the most relevant first.
    ///
    /// @param most how many at most
    List<String> of(String words, int most);
}
