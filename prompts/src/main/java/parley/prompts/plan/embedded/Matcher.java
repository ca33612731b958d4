package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;
import parley.prompts.plan.embedded.ToolRules.Rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds the tools that a segment may ask for, best first.
final class Matcher {
    private static final double PREFERRED = 0.06;

    /// What an unexplained word costs a reading that only a name and "look at" speak for.
    private static final double VAGUE = 0.5;

    /// Values that something else looks after.
    private static final Set<String> FREE = Set.of("ticket", "address");

    private final Grammar grammar;

    Matcher(Grammar grammar) {
        this.grammar = grammar;
    }

    /// The best frame of each tool, best first.
    ///
    /// @param explained tokens that something else explains
    /// @param mild whether a change verb may stand there without being meant (in a question, …)
    List<Frame> frames(
            List<Token> tokens,
            Set<Token> explained,
            boolean mild,
            Predicate<ToolRules> preferred) {
        Set<String> concepts = new HashSet<>();
        tokens.forEach(token -> concepts.addAll(token.concepts()));
        List<Frame> best = new ArrayList<>();
        for (ToolRules tool : grammar.tools().values()) {
            if (tool.whole()) {
                continue;
            }
            tool.rules().stream()
                    .map(rule -> match(tool, rule, tokens, concepts))
                    .flatMap(Optional::stream)
                    .map(frame ->
                            frame.scored(
                                    frame.score()
                                            + (preferred.test(tool) ? PREFERRED : 0)
                                            - leftOver(frame, tokens, explained, mild)))
                    .max(Comparator.comparingDouble(Frame::score))
                    .ifPresent(best::add);
        }
        best.sort(
                Comparator.comparingDouble(Frame::score)
                        .reversed()
                        .thenComparing(frame -> frame.tool().name()));
        return best;
    }

    /// What the words of a whole request ask for; empty when no tool reads a request as a whole.
    Optional<Frame> whole(List<Token> tokens) {
        Set<String> concepts = new HashSet<>();
        tokens.forEach(token -> concepts.addAll(token.concepts()));
        return grammar.tools().values().stream()
                .filter(ToolRules::whole)
                .flatMap(tool ->
                        tool.rules().stream().map(rule -> match(tool, rule, tokens, concepts)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The frame of the tool that does others again and again.
    Optional<Frame> scheduled(List<Token> tokens) {
        Set<String> concepts = new HashSet<>();
        tokens.forEach(token -> concepts.addAll(token.concepts()));
        return grammar.tool("schedule.create").stream()
                .flatMap(tool ->
                        tool.rules().stream().map(rule -> match(tool, rule, tokens, concepts)))
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(frame -> frame.used().size()));
    }

    /// What the words ask for when they ask for what they are like: its arguments, if they are
    /// there.
    Optional<Frame> like(Ranker.Ranked ranked, List<Token> tokens) {
        return grammar.tool(ranked.tool()).stream()
                .flatMap(tool ->
                        tool.rules().stream()
                                .filter(rule -> rule.isFor(ranked.variant()))
                                .map(rule -> rule.withoutWords())
                                .distinct()
                                .map(rule -> new Attempt(grammar, tool, rule, tokens).frame()))
                .flatMap(Optional::stream)
                .filter(frame -> frame.missing().isEmpty())
                .max(Comparator.comparingDouble(Frame::score));
    }

    boolean isPlainWord(String name) {
        return Known.isPlainWord(name, grammar);
    }

    private double leftOver(Frame frame, List<Token> tokens, Set<Token> explained, boolean mild) {
        double cost = 0;
        for (Token token : tokens) {
            if (!frame.used().contains(token) && !explained.contains(token)) {
                boolean vague = frame.heavy().isEmpty() && token.is(Kind.ORDINARY);
                cost += vague ? VAGUE : cost(token, mild);
            }
        }
        return cost;
    }

    private static double cost(Token token, boolean mild) {
        if (token.isSkippable()) {
            return 0;
        }
        return switch (token.kind()) {
            case MARK -> 0;
            case ORDINARY -> 0.08;
            case NAME -> token.concepts().isEmpty() ? 0.6 : 0.3;
            case VALUE -> FREE.contains(token.type()) ? 0 : 0.35;
            case QUOTED -> 0.6;
            case HOST, GROUP, NO_HOST -> 0;
            case WORD -> token.isChangeVerb() ? (mild ? 0.4 : 2.5) : isMood(token) ? 0 : 0.2;
        };
    }

    private static boolean isMood(Token token) {
        return token.concepts().stream().anyMatch(Mood.CONCEPTS::contains);
    }

    private Optional<Frame> match(
            ToolRules tool, Rule rule, List<Token> tokens, Set<String> concepts) {
        for (ToolRules.Term term : rule.terms()) {
            if (term.isBrokenBy(concepts)) {
                return Optional.empty();
            }
        }
        return new Attempt(grammar, tool, rule, tokens).frame();
    }
}
