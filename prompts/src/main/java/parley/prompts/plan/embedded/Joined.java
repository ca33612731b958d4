package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;
import parley.tools.Risk;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Further tools that the same words ask for: "cpu, memory and disk of web-1".
final class Joined {
    private final List<Token> tokens;
    private final HostMention mention;
    private final Function<ToolRules, Risk> risk;

    Joined(List<Token> tokens, HostMention mention, Function<ToolRules, Risk> risk) {
        this.tokens = tokens;
        this.mention = mention;
        this.risk = risk;
    }

    /// Adds to `chosen`, which holds the first, those of `frames` that are joined to it.
    void addTo(List<Frame> frames, List<Frame> chosen) {
        Set<Token> taken = new HashSet<>(chosen.getFirst().heavy());
        boolean more = true;
        while (more && chosen.size() < 6) {
            more = false;
            for (Frame frame : frames) {
                boolean fresh =
                        !frame.heavy().isEmpty()
                                && frame.heavy().stream().noneMatch(taken::contains)
                                && chosen.stream().noneMatch(c -> c.tool().equals(frame.tool()))
                                && chosen.stream()
                                        .allMatch(c ->
                                                c.used().stream()
                                                        .noneMatch(frame.heavy()::contains));
                boolean bare =
                        frame.arguments().isEmpty()
                                && chosen.stream().allMatch(c -> c.arguments().isEmpty());
                if (fresh
                        && isJoined(tokens, mention, taken, frame.heavy(), bare)
                        && risk.apply(frame.tool()) == risk.apply(chosen.getFirst().tool())) {
                    chosen.add(frame);
                    taken.addAll(frame.heavy());
                    more = true;
                    break;
                }
            }
        }
        chosen.sort((one, other) -> Integer.compare(first(one), first(other)));
    }

    private static int first(Frame frame) {
        return frame.heavy().stream().mapToInt(Token::start).min().orElse(0);
    }

    /// Whether "and", a comma or nothing stands between the words of two tools.
    ///
    /// @param bare whether nothing between them is enough: 负载内存磁盘
    private static boolean isJoined(
            List<Token> tokens,
            HostMention mention,
            Set<Token> taken,
            Set<Token> heavy,
            boolean bare) {
        for (int at = 0; at < tokens.size(); at++) {
            if (heavy.contains(tokens.get(at))) {
                if (reaches(tokens, mention, taken, at, -1, bare)
                        || reaches(tokens, mention, taken, at, 1, bare)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean reaches(
            List<Token> tokens,
            HostMention mention,
            Set<Token> taken,
            int from,
            int step,
            boolean bare) {
        boolean joint = false;
        for (int at = from + step; at >= 0 && at < tokens.size(); at += step) {
            Token token = tokens.get(at);
            if (taken.contains(token)) {
                return joint || (bare && Math.abs(at - from) == 1);
            }
            if (token.means("and") || token.is(Kind.MARK)) {
                joint = true;
            } else if (!token.isSkippable()
                    && !mention.used().contains(token)
                    && !(token.is(Kind.WORD) && joint)
                    && !token.is(Kind.WORD)) {
                return false;
            }
        }
        return false;
    }
}
