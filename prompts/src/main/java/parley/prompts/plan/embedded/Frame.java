package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;

/// A tool that a segment may ask for, with what its words determine.
///
/// @param missing arguments that have to be asked for
/// @param used the tokens that this explains
/// @param heavy the tokens that made the choice of the tool
/// @param split further values of the first argument ("nginx and redis"): one call each
record Frame(
        ToolRules tool,
        ObjectNode arguments,
        List<String> missing,
        Set<Token> used,
        Set<Token> heavy,
        String splitArgument,
        List<String> split,
        double score) {
    Frame {
        missing = List.copyOf(missing);
        used = Set.copyOf(used);
        heavy = Set.copyOf(heavy);
        split = List.copyOf(split);
    }

    Frame scored(double other) {
        return new Frame(tool, arguments, missing, used, heavy, splitArgument, split, other);
    }
}
