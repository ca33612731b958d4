package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.Planned;
import parley.prompts.plan.Planned.About;
import parley.prompts.plan.embedded.Token.Kind;
import parley.tools.Bilingual;
import parley.tools.Hosts;
import parley.tools.Proposal;
import parley.tools.Proposal.Condition;
import parley.tools.Proposal.Item;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Decides what becomes of a request that has been read: a plan, a question or a refusal.
final class Decision {
    private final Grammar grammar;
    private final Known known;
    private final Hosts hosts;
    private final Context context;
    private final EmbeddedPlanner.Reading reading;
    private final List<Piece> pieces;
    private final Antecedents antecedents;
    private final Choices choices;
    private final List<Item> items = new ArrayList<>();
    private final Set<String> prohibited = new LinkedHashSet<>();
    private final List<Planned> problems = new ArrayList<>();
    private final List<Planned> never = new ArrayList<>();
    private final Set<ToolRules> absent = new LinkedHashSet<>();
    private boolean changes;

    Decision(
            Grammar grammar,
            Known known,
            Hosts hosts,
            HostNames hostNames,
            Context context,
            EmbeddedPlanner.Reading reading) {
        this.grammar = grammar;
        this.known = known;
        this.hosts = hosts;
        this.context = context;
        this.reading = reading;
        this.pieces = Retraction.remaining(reading.pieces());
        this.antecedents = new Antecedents(reading.pieces(), pieces, context, hosts);
        this.choices = new Choices(hosts, hostNames, reading.text());
    }

    Planned planned() {
        Optional<Planned> repeated = Repetition.of(reading, pieces, context, hosts, known, grammar);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        if (pieces.stream()
                .anyMatch(piece -> piece.mood().suspicious() || piece.mood().productQuestion())) {
            return Words.nothingForHosts();
        }
        Optional<Condition> guard = Optional.empty();
        boolean sawCondition = false;
        for (int at = 0; at < pieces.size(); at++) {
            Piece piece = pieces.get(at);
            if (piece.segment().opener().equals("cond")) {
                sawCondition = true;
                guard = condition(at);
                if (guard.isPresent() && at == pieces.size() - 1 && !items.isEmpty()) {
                    attachToEarlier(guard.get());
                }
            } else {
                boolean otherwise = piece.segment().opener().equals("else");
                decide(at, otherwise ? Optional.empty() : guard);
            }
        }
        boolean used = items.stream().anyMatch(item -> item.condition().isPresent());
        if (sawCondition && !used && problems.isEmpty() && absent.isEmpty()) {
            problems.add(conditionNotUnderstood());
        }
        return outcome();
    }

    private void decide(int at, Optional<Condition> guard) {
        Piece piece = pieces.get(at);
        boolean verb = piece.segment().tokens().stream().anyMatch(Token::isChangeVerb);
        if (piece.frames().isEmpty() && verb && piece.mood().isOrder()) {
            problems.add(Words.unknownAction(choices.usual(antecedents)));
        }
        if (piece.has("done.le") && piece.has("ba") && !piece.mood().question()) {
            problems.add(notAnOrder(piece));
        }
        boolean more = pieces.stream().anyMatch(p -> !p.isStatement() && !p.frames().isEmpty());
        if (piece.isStatement() && more) {
            return;
        }
        for (Frame frame : piece.frames()) {
            Risk risk = known.risk(frame.tool());
            boolean look = risk == Risk.OBSERVE && piece.mood().question();
            if (piece.mood().negated() && !look) {
                prohibited.add(frame.tool().name());
            } else if (risk != Risk.OBSERVE && !piece.mood().isOrder()) {
                changes = true;
                problems.add(notAnOrder(piece));
            } else if (isMadeUp(piece, frame)) {
                problems.add(Words.unknownAction(choices.usual(antecedents)));
            } else if (!known.has(frame.tool())) {
                absent.add(frame.tool());
            } else {
                take(at, frame, guard, risk);
            }
        }
    }

    /// Whether a state is read of a plain word beside others that were not understood, though
    /// nothing asks for a look: "run the smoke tests".
    private boolean isMadeUp(Piece piece, Frame frame) {
        boolean looks =
                piece.has("look")
                        || piece.has("state")
                        || piece.has("unit.noun")
                        || piece.mood().question();
        return frame.tool().name().equals("service.status")
                && !looks
                && Known.isPlainWord(frame.arguments().path("unit").asText(), grammar)
                && piece.unexplained().stream()
                        .anyMatch(token -> token.is(Kind.NAME) || token.is(Kind.ORDINARY));
    }

    private void take(int at, Frame frame, Optional<Condition> guard, Risk risk) {
        Piece piece = pieces.get(at);
        List<ObjectNode> calls =
                antecedents.complete(at, frame, risk).stream()
                        .map(call -> known.fitted(frame.tool(), call))
                        .toList();
        if (calls.isEmpty()) {
            String argument = frame.missing().getFirst();
            String type =
                    frame.tool().arguments().get(argument) == null
                            ? "value"
                            : frame.tool().arguments().get(argument).types().stream()
                                    .findFirst()
                                    .orElse("value");
            problems.add(Words.missing(argument, type, frame.tool().says()));
            return;
        }
        Antecedents.Where where = antecedents.hosts(at, frame, risk);
        if (risk != Risk.OBSERVE) {
            changes = true;
            new Acceptance(grammar, reading, pieces, choices)
                    .objection(piece, frame, calls, where, guard.isPresent())
                    .ifPresent(problems::add);
        }
        if (where.problem().isPresent()) {
            problems.add(choices.noSuchHost(where.problem().get()));
            return;
        }
        if (where.names().isEmpty()) {
            problems.add(Words.whichHost(choices.onEachHost()));
            return;
        }
        Optional<Bilingual> bad =
                calls.stream()
                        .map(call -> known.refusal(frame.tool(), call))
                        .flatMap(Optional::stream)
                        .findFirst();
        if (bad.isPresent()) {
            problems.add(Words.badValue(frame.tool().says(), bad.get()));
            return;
        }
        Optional<Bilingual> refused =
                calls.stream()
                        .flatMap(call ->
                                grammar.never().stream()
                                        .map(rule ->
                                                rule.refuses(
                                                        frame.tool().name(),
                                                        call,
                                                        where.names().size())))
                        .flatMap(Optional::stream)
                        .findFirst();
        if (refused.isPresent()) {
            never.add(Words.notAllowed(refused.get()));
            return;
        }
        for (ObjectNode call : calls) {
            Item item = new Item(frame.tool().name(), call, List.copyOf(where.names()), guard);
            if (!isImplied(item)) {
                add(item);
            }
        }
    }

    private void add(Item item) {
        for (int at = 0; at < items.size(); at++) {
            Item other = items.get(at);
            if (other.tool().equals(item.tool())
                    && other.arguments().equals(item.arguments())
                    && other.condition().equals(item.condition())) {
                SortedSet<String> both = new TreeSet<>(other.hosts());
                both.addAll(item.hosts());
                if (known.risks().get(item.tool()) == Risk.OBSERVE) {
                    items.set(
                            at,
                            new Item(
                                    item.tool(),
                                    item.arguments(),
                                    List.copyOf(both),
                                    item.condition()));
                    return;
                }
            }
        }
        items.add(item);
    }

    /// Whether an observation of the same kind there says all that this one asks: "compare the
    /// kernels of web-1 and web-2, what is different?".
    private boolean isImplied(Item item) {
        return known.risks().get(item.tool()) == Risk.OBSERVE
                && item.condition().isEmpty()
                && items.stream()
                        .anyMatch(other ->
                                other.tool().equals(item.tool())
                                        && other.condition().isEmpty()
                                        && other.hosts().equals(item.hosts())
                                        && item.arguments().isEmpty()
                                        && !other.arguments().isEmpty());
    }

    /// The condition in the words of a piece, with the observation that it reads.
    private Optional<Condition> condition(int at) {
        Optional<Guards.Found> found = Guards.in(grammar, known, pieces.get(at), antecedents, at);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Antecedents.Where where = antecedents.hosts(at, Risk.OBSERVE);
        if (where.problem().isPresent() || where.names().isEmpty()) {
            problems.add(
                    where.problem()
                            .map(choices::noSuchHost)
                            .orElse(Words.whichHost(choices.onEachHost())));
            return Optional.empty();
        }
        for (int index = 0; index < items.size(); index++) {
            if (says(items.get(index), found.get(), where)) {
                return Optional.of(on(index, found.get()));
            }
        }
        int before = items.size();
        Item item =
                new Item(
                        found.get().tool().name(),
                        found.get().arguments(),
                        List.copyOf(where.names()),
                        Optional.empty());
        add(item);
        int index = items.size() > before ? items.size() - 1 : indexOf(item);
        return Optional.of(on(index, found.get()));
    }

    private static Condition on(int index, Guards.Found found) {
        return new Condition(index, found.guard().pointer(), found.comparison(), found.value());
    }

    /// Whether an observation that is planned already reads what the condition is about: "how full
    /// is /var? above 90 %, …".
    private static boolean says(Item item, Guards.Found found, Antecedents.Where where) {
        return item.tool().equals(found.tool().name())
                && item.hosts().equals(List.copyOf(where.names()))
                && found.arguments().isEmpty()
                && item.condition().isEmpty();
    }

    private int indexOf(Item item) {
        for (int at = 0; at < items.size(); at++) {
            if (items.get(at).tool().equals(item.tool())
                    && items.get(at).arguments().equals(item.arguments())) {
                return at;
            }
        }
        throw new IllegalStateException("an item that was added is gone");
    }

    /// "restart nginx if it is down": the observation goes before what it guards.
    private void attachToEarlier(Condition guard) {
        Item observing = items.get(guard.item());
        List<Item> others = new ArrayList<>(items);
        others.remove(observing);
        items.clear();
        items.add(observing);
        Condition moved = new Condition(0, guard.pointer(), guard.comparison(), guard.value());
        for (Item item : others) {
            items.add(
                    item.condition().isPresent()
                            ? item
                            : new Item(
                                    item.tool(),
                                    item.arguments(),
                                    item.hosts(),
                                    Optional.of(moved)));
        }
    }

    private static Planned conditionNotUnderstood() {
        return Words.ask(
                About.VALUE,
                "I cannot check this condition. Conditions can be about a service's state or a used"
                        + " percentage.",
                "无法检查这个条件。条件可以是服务状态或使用率百分比。",
                List.of());
    }

    private Planned notAnOrder(Piece piece) {
        Mood mood = piece.mood();
        List<String> ready = List.of();
        if (mood.vague()) {
            return Words.notAnOrder(
                    "the time is not clear, and Parley acts now or not at all",
                    "时间不明确，Parley 只能立即执行",
                    ready);
        }
        if (mood.hypothetical() || mood.condition()) {
            return Words.notAnOrder("this was understood as a supposition", "这被理解为假设", ready);
        }
        if (mood.report()) {
            return Words.notAnOrder(
                    "this was understood as a report of what happened", "这被理解为对已发生事情的描述", ready);
        }
        return Words.notAnOrder("this was understood as a question", "这被理解为提问", ready);
    }

    private Planned outcome() {
        if (!never.isEmpty()) {
            return never.getFirst();
        }
        if (!absent.isEmpty()) {
            return Words.noTool(absent);
        }
        if (!problems.isEmpty()) {
            return problems.getFirst();
        }
        if (items.isEmpty()) {
            return nothing();
        }
        if (!changes && Shell.isHostile(reading)) {
            return Words.unknownAction(List.of());
        }
        return new Planned.Plan(new Proposal(items, List.copyOf(prohibited)), true, List.of());
    }

    private Planned nothing() {
        if (!prohibited.isEmpty()) {
            return Words.ask(
                    About.OTHER,
                    "Understood: that will not be done. What should be done?",
                    "明白：不会这样做。那么要做什么？",
                    List.of());
        }
        boolean aboutHosts =
                reading.tokens().stream()
                        .anyMatch(token ->
                                token.is(Kind.HOST)
                                        || token.is(Kind.NAME)
                                        || token.is(Kind.NO_HOST)
                                        || token.isChangeVerb()
                                        || token.is(Kind.VALUE)
                                        || token.is(Kind.GROUP));
        for (Piece piece : pieces) {
            if (piece.hosts().problem().isPresent()) {
                return choices.noSuchHost(piece.hosts().problem().get());
            }
        }
        return aboutHosts
                ? Words.unknownAction(choices.usual(antecedents))
                : Words.nothingForHosts();
    }

    /// Whether a piece names hosts, units or values and says nothing else.
    static boolean isOnlyNames(Piece piece) {
        return piece.frames().isEmpty()
                && (!piece.hosts().names().isEmpty() || !piece.names().isEmpty())
                && piece.segment().tokens().stream()
                        .allMatch(token ->
                                token.isSkippable()
                                        || piece.hosts().used().contains(token)
                                        || token.is(Kind.NAME)
                                        || token.means("unit.noun"));
    }
}
