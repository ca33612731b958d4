package parley.evals;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/// What a good answer to a scenario is.
///
/// @param outcomes words of endings (`done`, `question`, …), one of which is right; empty when any
///   is
/// @param calls each has to be proposed or made; inner lists are alternatives
/// @param ordered whether they have to come in this order
/// @param evidence has to stand in what was read
/// @param says has to stand in the answer
/// @param saysNot must not stand in the answer
/// @param end what has to be true of the hosts afterwards
/// @param changes by host: the lines of its snapshot that must differ, and beside which none may
record Expected(
        List<String> outcomes,
        List<List<Wanted>> calls,
        boolean ordered,
        List<Words> evidence,
        List<Words> says,
        List<Words> saysNot,
        List<End> end,
        Map<String, List<Words>> changes) {
    static final Expected NOTHING =
            new Expected(
                    List.of(), List.of(), false, List.of(), List.of(), List.of(), List.of(),
                    Map.of());

    /// A call.
    ///
    /// @param hosts exactly these, in any order; empty for any
    /// @param arguments among its arguments there have to be these
    record Wanted(String tool, List<String> hosts, ObjectNode arguments) {
        Wanted {
            hosts = hosts.stream().sorted().toList();
        }

        @Override
        public String toString() {
            return tool
                    + (arguments.isEmpty() ? "" : " " + arguments)
                    + (hosts.isEmpty() ? "" : " @ " + String.join(", ", hosts));
        }
    }

    /// A command that root runs on a host afterwards: it has to succeed, and to print this.
    record End(String host, String check, Words prints) {}

    Expected {
        outcomes = List.copyOf(outcomes);
        calls = calls.stream().map(List::copyOf).toList();
        evidence = List.copyOf(evidence);
        says = List.copyOf(says);
        saysNot = List.copyOf(saysNot);
        end = List.copyOf(end);
        changes = Map.copyOf(changes);
    }
}
