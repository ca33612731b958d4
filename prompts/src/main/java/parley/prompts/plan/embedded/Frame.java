package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A tool that a segment may ask for, with what its words determine.
///
/// @param missing arguments that have to be asked for
/// @param used the tokens that this explains
/// @param heavy the tokens that made the choice of the tool
/// @param split further values of the first argument ("nginx and redis"): one call each
/// @param peers the tokens that name the other end, and so not where the tool runs
record Frame(
        ToolRules tool,
        ObjectNode arguments,
        List<String> missing,
        Set<Token> used,
        Set<Token> heavy,
        String splitArgument,
        List<String> split,
        Set<Token> peers,
        double score) {
    Frame {
        missing = List.copyOf(missing);
        used = Set.copyOf(used);
        heavy = Set.copyOf(heavy);
        split = List.copyOf(split);
        peers = Set.copyOf(peers);
    }

    /// This frame, which schedules, with what is to be done as its action.
    Frame around(Frame step) {
        ObjectNode all = arguments.deepCopy();
        all.put("action", step.tool().name());
        if (!step.arguments().isEmpty()) {
            all.set("arguments", step.arguments());
        }
        Set<Token> both = new HashSet<>(used);
        both.addAll(step.used());
        return new Frame(
                tool, all, step.missing(), both, heavy, splitArgument, split, peers, score);
    }

    Frame scored(double other) {
        return new Frame(tool, arguments, missing, used, heavy, splitArgument, split, peers, other);
    }
}
