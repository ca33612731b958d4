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

/// One rule against one segment.
final class Attempt {
    private static final double ARGUMENT = 0.8;
    private static final double SMALL_ARGUMENT = 0.3;
    private static final double ASKED = -0.25;

    /// Types that stay text though they may look like a number.
    private static final Set<String> TEXTS =
            Set.of(
                    "unit",
                    "package",
                    "name",
                    "value",
                    "text",
                    "target",
                    "sysctlvalue",
                    "txid",
                    "jobid",
                    "contains",
                    "version",
                    "pkgquery",
                    "pkgfilter");

    private final Grammar grammar;
    private final ToolRules tool;
    private final Rule rule;
    private final List<Token> tokens;
    private final Set<Token> used = new HashSet<>();
    private final Set<Token> heavy = new HashSet<>();
    private final ObjectNode arguments = Json.mapper().createObjectNode();
    private final List<String> missing = new ArrayList<>();
    private String splitArgument = "";
    private final List<String> split = new ArrayList<>();
    private final Set<Token> peers = new HashSet<>();
    private double score;

    Attempt(Grammar grammar, ToolRules tool, Rule rule, List<Token> tokens) {
        this.grammar = grammar;
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
                    boolean other =
                            tool.either().contains(name)
                                    && tool.either().stream().anyMatch(arguments::has);
                    if (!arguments.has(name) && !missing.contains(name) && !other) {
                        fill(name, how, SMALL_ARGUMENT);
                    }
                });
        return Optional.of(
                new Frame(
                        tool, arguments, missing, used, heavy, splitArgument, split, peers, score));
    }

    /// Reads the other end of a connection, and what its URL says besides.
    ///
    /// @param other whether it must be another end than where the tool runs
    private boolean peer(boolean other) {
        Peers ends = Peers.of(tokens);
        boolean own = ends.targets().isEmpty();
        if (ends.values().isEmpty() || (own && (other || tool.apart()))) {
            return false;
        }
        ends.values()
                .forEach((what, value) -> {
                    String name = what.equals("target") ? tool.peer() : what;
                    if (tool.arguments().containsKey(name) && !arguments.has(name)) {
                        arguments.set(name, node(what, value));
                    }
                });
        peers.addAll(ends.targets());
        used.addAll(ends.targets());
        if (ends.targets().size() > 1) {
            splitArgument = tool.peer();
            ends.targets().stream().skip(1).map(Token::text).forEach(split::add);
        }
        return true;
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
        if (!concept.equals("name.package")) {
            used.add(token.get());
        }
        if (!optional && !concept.equals("look")) {
            heavy.add(token.get());
        }
        tokens.stream()
                .filter(one -> one.is(Kind.WORD) || one.means(concept))
                .filter(one -> !concept.equals("name.package"))
                .filter(one -> term.concepts().stream().anyMatch(one::means))
                .forEach(used::add);
        return true;
    }

    private boolean argument(Term term) {
        String name = term.argument();
        Argument how =
                tool.arguments().getOrDefault(name, new Argument(List.of(name), Map.of(), false));
        if (term.need() == Need.FORBIDDEN) {
            return how.types().stream().allMatch(type -> values(type).isEmpty());
        }
        boolean peer = name.equals(tool.peer());
        boolean filled =
                peer
                        ? peer(term.need() == Need.REQUIRED)
                        : arguments.has(name)
                                || (isForLater(name) ? isThere(name) : fill(name, how, ARGUMENT));
        score += filled && peer ? ARGUMENT : 0;
        if (!filled && term.need() == Need.ASKED) {
            missing.add(name);
            score += ASKED;
        }
        return filled || term.need() != Need.REQUIRED;
    }

    /// Whether `type` is no argument, but a type that one of the arguments takes.
    private boolean isForLater(String type) {
        return !tool.arguments().containsKey(type)
                && tool.arguments().values().stream()
                        .anyMatch(argument -> argument.types().contains(type));
    }

    private boolean isThere(String type) {
        boolean there =
                tokens.stream()
                        .anyMatch(token -> token.is(Kind.VALUE) && token.type().equals(type));
        score += there ? ARGUMENT : 0;
        return there;
    }

    private boolean fill(String name, Argument how, double worth) {
        if (how.list() && !how.byConcept().isEmpty()) {
            return fillList(name, how, worth);
        }
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
            boolean anyNumber = tool.whole() && worth == SMALL_ARGUMENT && type.equals("number");
            if (anyNumber) {
                continue;
            }
            if (Derived.isForm(type)) {
                if (derive(name, type)) {
                    score += worth;
                    return true;
                }
                continue;
            }
            List<Token> values = values(type, how.list());
            if (!values.isEmpty()) {
                set(name, how, type, values);
                score += worth;
                return true;
            }
        }
        return false;
    }

    /// Every value that is named, in the order of the grammar file.
    private boolean fillList(String name, Argument how, double worth) {
        List<JsonNode> named = new ArrayList<>();
        how.byConcept()
                .forEach((concept, value) -> {
                    List<Token> said =
                            tokens.stream().filter(token -> token.means(concept)).toList();
                    if (!said.isEmpty() && !named.contains(value)) {
                        named.add(value);
                    }
                    used.addAll(said);
                });
        if (named.isEmpty()) {
            return false;
        }
        arguments.putArray(name).addAll(named);
        score += worth;
        return true;
    }

    private boolean derive(String name, String type) {
        for (Token token : tokens) {
            boolean base = token.is(Kind.VALUE) && token.type().equals(Derived.base(type));
            Optional<JsonNode> value = base ? Derived.of(type, token.value()) : Optional.empty();
            if (value.isPresent()) {
                arguments.set(name, value.get());
                used.add(token);
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
        return values(type, false);
    }

    /// @param many whether every value of the type counts
    private List<Token> values(String type, boolean many) {
        List<Token> all = new ArrayList<>();
        boolean name = type.equals("unit") || type.equals("package") || type.equals("name");
        boolean better = name && tokens.stream().anyMatch(this::isClearlyName);
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            boolean listed =
                    all.isEmpty()
                            ? !better || isClearlyName(token) || isBesideName(at)
                            : name ? isListed(at) : many;
            if (fits(token, type, name) && !used.contains(token) && listed) {
                all.add(token);
            }
        }
        return all;
    }

    /// A name that cannot be an ordinary word: `celery-worker`, `nginx`.
    private boolean isClearlyName(Token token) {
        return token.is(Kind.NAME)
                && !used.contains(token)
                && !Known.isPlainWord(token.value(), grammar);
    }

    /// Whether the name at `at` begins a list that goes on with another name.
    private boolean isBesideName(int at) {
        return at + 2 < tokens.size() && tokens.get(at + 2).is(Kind.NAME) && isListed(at + 2);
    }

    private static boolean fits(Token token, String type, boolean name) {
        if (name) {
            return token.is(Kind.NAME);
        }
        if (token.is(Kind.QUOTED)) {
            return token.type().equals(type);
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

    private static JsonNode node(String type, String value) {
        boolean whole = !TEXTS.contains(type) && value.matches("-?\\d{1,9}");
        return whole ? IntNode.valueOf(Integer.parseInt(value)) : TextNode.valueOf(value);
    }
}
