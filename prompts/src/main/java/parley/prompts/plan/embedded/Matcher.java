package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import parley.prompts.plan.embedded.Token.Kind;
import parley.prompts.plan.embedded.ToolRules.Argument;
import parley.prompts.plan.embedded.ToolRules.Need;
import parley.prompts.plan.embedded.ToolRules.Rule;
import parley.prompts.plan.embedded.ToolRules.Term;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds the tools that a segment may ask for, best first.
final class Matcher {
    private static final double ARGUMENT = 0.8;
    private static final double SMALL_ARGUMENT = 0.3;
    private static final double PREFERRED = 0.06;
    private static final double ASKED = -0.25;

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

    private double leftOver(Frame frame, List<Token> tokens, Set<Token> explained, boolean mild) {
        double cost = 0;
        for (Token token : tokens) {
            if (!frame.used().contains(token) && !explained.contains(token)) {
                cost += cost(token, mild);
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
        if (rule.terms().stream().anyMatch(term -> term.isBrokenBy(concepts))) {
            return Optional.empty();
        }
        return new Attempt(tool, rule, tokens).frame();
    }

    /// One rule against one segment.
    private final class Attempt {
        private final ToolRules tool;
        private final Rule rule;
        private final List<Token> tokens;
        private final Set<Token> used = new HashSet<>();
        private final Set<Token> heavy = new HashSet<>();
        private final ObjectNode arguments = Json.mapper().createObjectNode();
        private final List<String> missing = new ArrayList<>();
        private String splitArgument = "";
        private final List<String> split = new ArrayList<>();
        private double score;

        Attempt(ToolRules tool, Rule rule, List<Token> tokens) {
            this.tool = tool;
            this.rule = rule;
            this.tokens = tokens;
        }

        Optional<Frame> frame() {
            for (Term term : rule.terms()) {
                if (!term.isArgument() && term.need() != Need.FORBIDDEN && !concept(term)) {
                    return Optional.empty();
                }
            }
            rule.fixed().forEach(arguments::set);
            for (Term term : rule.terms()) {
                if (term.isArgument() && !argument(term)) {
                    return Optional.empty();
                }
            }
            tool.arguments()
                    .forEach((name, how) -> {
                        if (!arguments.has(name) && !missing.contains(name)) {
                            fill(name, how, SMALL_ARGUMENT);
                        }
                    });
            return Optional.of(
                    new Frame(tool, arguments, missing, used, heavy, splitArgument, split, score));
        }

        private boolean concept(Term term) {
            Optional<Token> token =
                    tokens.stream()
                            .filter(one -> !used.contains(one))
                            .filter(one -> term.concepts().stream().anyMatch(one::means))
                            .min(Comparator.comparing(one -> one.is(Kind.NAME)));
            if (token.isEmpty()) {
                return term.need() == Need.OPTIONAL;
            }
            String concept =
                    term.concepts().stream().filter(token.get()::means).findFirst().orElseThrow();
            double weight = grammar.weight(concept) * (token.get().corrected() ? 0.85 : 1);
            boolean optional = term.need() == Need.OPTIONAL;
            score += optional ? weight * 0.5 : weight;
            used.add(token.get());
            if (!optional && !concept.equals("look")) {
                heavy.add(token.get());
            }
            tokens.stream()
                    .filter(one ->
                            one.is(Kind.WORD) && term.concepts().stream().anyMatch(one::means))
                    .forEach(used::add);
            return true;
        }

        private boolean argument(Term term) {
            String name = term.argument();
            Argument how =
                    tool.arguments()
                            .getOrDefault(name, new Argument(List.of(name), Map.of(), false));
            if (term.need() == Need.FORBIDDEN) {
                return how.types().stream().allMatch(type -> values(type).isEmpty());
            }
            boolean filled = arguments.has(name) || fill(name, how, ARGUMENT);
            if (!filled && term.need() == Need.ASKED) {
                missing.add(name);
                score += ASKED;
            }
            return filled || term.need() != Need.REQUIRED;
        }

        private boolean fill(String name, Argument how, double worth) {
            for (Map.Entry<String, JsonNode> choice : how.byConcept().entrySet()) {
                for (Token token : tokens) {
                    if (token.means(choice.getKey())) {
                        arguments.set(name, choice.getValue());
                        used.add(token);
                        score += worth;
                        return true;
                    }
                }
            }
            for (String type : how.types()) {
                List<Token> values = values(type);
                if (!values.isEmpty()) {
                    set(name, how, type, values);
                    score += worth;
                    return true;
                }
            }
            return false;
        }

        private void set(String name, Argument how, String type, List<Token> values) {
            Token first = values.getFirst();
            used.add(first);
            if (!tool.arguments().containsKey(name)) {
                return;
            }
            if (how.list()) {
                var list = arguments.putArray(name);
                values.forEach(value -> list.add(node(type, value.value())));
                used.addAll(values);
                return;
            }
            arguments.set(name, node(type, first.value()));
            if (values.size() > 1) {
                splitArgument = name;
                values.subList(1, values.size()).forEach(value -> split.add(value.value()));
                used.addAll(values);
            }
        }

        /// The free values of `type`: for names the first one and those it is listed with.
        private List<Token> values(String type) {
            List<Token> all = new ArrayList<>();
            boolean name = type.equals("unit") || type.equals("package") || type.equals("name");
            for (int at = 0; at < tokens.size(); at++) {
                Token token = tokens.get(at);
                boolean listed = all.isEmpty() || (name && isListed(at));
                if (fits(token, type, name) && !used.contains(token) && listed) {
                    all.add(token);
                }
            }
            return all;
        }

        private static boolean fits(Token token, String type, boolean name) {
            if (name) {
                return token.is(Kind.NAME);
            }
            return token.is(Kind.VALUE)
                    ? token.type().equals(type)
                    : type.equals("host") && token.is(Kind.HOST);
        }

        /// Whether the name at `at` continues a list of names.
        private boolean isListed(int at) {
            if (at < 2 || !tokens.get(at - 2).is(Kind.NAME)) {
                return false;
            }
            Token joint = tokens.get(at - 1);
            boolean mark =
                    joint.is(Kind.MARK) && List.of(",", "、", "/", "&", "+").contains(joint.text());
            return joint.means("and") || joint.means("or") || mark;
        }
    }

    private static JsonNode node(String type, String value) {
        boolean whole =
                !type.equals("unit")
                        && !type.equals("package")
                        && !type.equals("name")
                        && !type.equals("value")
                        && value.matches("-?\\d{1,9}");
        return whole ? IntNode.valueOf(Integer.parseInt(value)) : TextNode.valueOf(value);
    }
}
