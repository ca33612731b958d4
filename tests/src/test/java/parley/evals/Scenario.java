package parley.evals;

import static java.util.Objects.requireNonNull;

import parley.tools.Language;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is asked on which hosts, what is wrong with them, and what a good answer is.
///
/// @param requests the turns of the conversation in each language it is told in
/// @param hosts the hosts by name, as the testbed boots them: `apt`, `dnf`, `apt:prod`
/// @param restless lines of a snapshot that differ by the fault itself, whoever looks
/// @param prose what the file says for people only: it is shown in the report, and scores nothing
record Scenario(
        String id,
        String category,
        Who planner,
        Map<Language, List<String>> requests,
        Map<String, String> hosts,
        List<Fault> faults,
        boolean approve,
        Expected expected,
        List<Forbidden> forbidden,
        List<Words> restless,
        Map<String, String> prose) {
    /// Whom it is for: the embedded planner must be right about it, or a model, or whichever plans.
    enum Who {
        OFFLINE,
        LLM,
        BOTH
    }

    Scenario {
        requireNonNull(id, "id is null");
        requireNonNull(category, "category is null");
        requireNonNull(planner, "planner is null");
        EnumMap<Language, List<String>> turns = new EnumMap<>(Language.class);
        requests.forEach((language, words) -> turns.put(language, List.copyOf(words)));
        requests = turns;
        hosts = new LinkedHashMap<>(hosts);
        faults = List.copyOf(faults);
        requireNonNull(expected, "expected is null");
        forbidden = List.copyOf(forbidden);
        restless = List.copyOf(restless);
        prose = new LinkedHashMap<>(prose);
        if (requests.isEmpty() || hosts.isEmpty()) {
            throw new IllegalArgumentException("a scenario has a request and hosts");
        }
    }

    /// Whether it says in a form that a program can check what a good answer is.
    boolean isCheckable() {
        return !expected.equals(Expected.NOTHING) || !forbidden.isEmpty();
    }
}
