package parley.prompts.plan.embedded;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.prompts.plan.Relevance;
import parley.tools.Hosts;
import parley.tools.Risk;
import parley.tools.catalogue.Catalogue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The planner that needs no model: it understands what its grammar files say, in English and
/// Chinese, and asks about everything else.
///
/// It keeps no state between requests, may be used by many threads at once, and gives the same plan
/// for the same conversation. A tool that is not in its catalogue is never planned.
public final class EmbeddedPlanner implements Planner, Relevance {
    private static final class Shared {
        static final Grammar GRAMMAR = GrammarFiles.load();
    }

    /// Only read when the rules alone do not decide, or somebody asks what is relevant.
    private static final class Ranking {
        static final Ranker RANKER = GrammarFiles.ranker(Shared.GRAMMAR);
    }

    private final Grammar grammar;
    private final Known known;
    private final AtomicReference<Ready> ready = new AtomicReference<>();

    /// What is prepared once for an inventory.
    private record Ready(Hosts hosts, HostNames names, Spotter spotter, Reader reader) {}

    public EmbeddedPlanner(Catalogue catalogue) {
        this(Shared.GRAMMAR, Known.of(catalogue));
    }

    /// For tools by name and the most that each can do.
    public EmbeddedPlanner(Map<String, Risk> tools) {
        this(Shared.GRAMMAR, new Known(tools, Map.of()));
    }

    private EmbeddedPlanner(Grammar grammar, Known known) {
        this.grammar = grammar;
        this.known = known;
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public Planned next(Conversation conversation, Consumer<String> partial) {
        Ready prepared = ready(conversation.hosts());
        List<Context.Turn> turns = new ArrayList<>();
        for (Conversation.Past past : conversation.past()) {
            turns.add(new Context.Turn(past.proposal(), read(prepared, past.words()).pieces()));
        }
        Reading reading = read(prepared, conversation.request().words());
        Optional<String> answered = answered(conversation, reading);
        return answered.isPresent()
                ? plan(
                        prepared,
                        read(prepared, answered.get()),
                        Context.of(turns.subList(0, turns.size() - 1)))
                : plan(prepared, reading, Context.of(turns));
    }

    /// {@inheritDoc}
    ///
    /// Only tools that are in the catalogue; the same words always give the same order. What the
    /// rules understand comes before what the words are like.
    @Override
    public List<String> of(String words, int most) {
        Ready current = ready.get();
        Reading reading = read(current == null ? ready(new Hosts(List.of())) : current, words);
        Set<String> names = new LinkedHashSet<>();
        for (Piece piece : reading.pieces()) {
            piece.frames().forEach(frame -> names.add(frame.tool().name()));
        }
        Ranking.RANKER.ranked(reading.tokens()).forEach(ranked -> names.add(ranked.tool()));
        return names.stream().filter(known.risks()::containsKey).limit(most).toList();
    }

    /// The earlier request together with this one, when this one only answers a question about it.
    private static Optional<String> answered(Conversation conversation, Reading reading) {
        if (conversation.past().isEmpty()) {
            return Optional.empty();
        }
        Conversation.Past last = conversation.past().getLast();
        boolean onlyNames =
                reading.pieces().size() == 1 && Decision.isOnlyNames(reading.pieces().getFirst());
        return last.proposal().isEmpty() && onlyNames
                ? Optional.of(last.words() + " " + conversation.request().words())
                : Optional.empty();
    }

    private Planned plan(Ready prepared, Reading reading, Context context) {
        Optional<Planned> why = AskedWhy.of(reading, context, known);
        if (why.isPresent()) {
            return why.get();
        }
        Planned rules = decided(prepared, reading, context);
        Planned planned =
                isOpen(rules)
                        ? prepared.reader()
                                .instead(reading.tokens(), reading.pieces())
                                .map(look -> decided(prepared, reading.as(List.of(look)), context))
                                .filter(Planned.Plan.class::isInstance)
                                .orElse(rules)
                        : rules;
        boolean pasted = reading.text().raw().strip().lines().count() > 1;
        return pasted && changes(planned) ? Words.severalLines() : planned;
    }

    private Planned decided(Ready prepared, Reading reading, Context context) {
        return new Decision(grammar, known, prepared.hosts(), prepared.names(), context, reading)
                .planned();
    }

    /// Whether a look may be what was meant, though the rules came to this.
    private static boolean isOpen(Planned rules) {
        return switch (rules) {
            case Planned.Clarify clarify -> clarify.about() != Planned.About.HOST;
            case Planned.Decline decline -> decline.reason() == Planned.Reason.NO_TOOL;
            case Planned.Plan plan -> false;
            case Planned.Answered answered -> false;
        };
    }

    /// What has several lines was pasted: nobody typed the second one as an order.
    private boolean changes(Planned planned) {
        return planned instanceof Planned.Plan plan
                && plan.proposal().items().stream()
                        .anyMatch(item -> known.risks().get(item.tool()) != Risk.OBSERVE);
    }

    private static Reading read(Ready ready, String words) {
        NormalText text = NormalText.of(words);
        List<Token> spotted = ready.spotter().tokens(text);
        List<Piece> pieces = ready.reader().pieces(spotted);
        List<Token> tokens = Retraction.corrected(spotted, pieces);
        return tokens.equals(spotted)
                ? new Reading(text, tokens, pieces)
                : new Reading(text, tokens, ready.reader().pieces(tokens));
    }

    /// A request as it was read.
    record Reading(NormalText text, List<Token> tokens, List<Piece> pieces) {
        Reading as(List<Piece> other) {
            return new Reading(text, tokens, other);
        }
    }

    private Ready ready(Hosts hosts) {
        Ready current = ready.get();
        if (current != null && current.hosts() == hosts) {
            return current;
        }
        HostNames names = new HostNames(hosts);
        Ready fresh =
                new Ready(
                        hosts,
                        names,
                        new Spotter(grammar, names),
                        new Reader(
                                new Matcher(grammar),
                                hosts,
                                known::risk,
                                known::has,
                                tokens -> Ranking.RANKER.ranked(tokens)));
        ready.set(fresh);
        return fresh;
    }
}
