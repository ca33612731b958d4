package parley.prompts.plan.embedded;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Request;
import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.Risk;
import parley.tools.catalogue.Catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The inventory that the labelled requests are about, and a planner for it.
final class Fleet {
    static final Hosts HOSTS =
            new Hosts(
                    List.of(
                            host("web-1", "10.0.0.11", Set.of("web", "prod")),
                            host("web-2", "10.0.0.12", Set.of("web", "prod")),
                            host("web-3", "10.0.0.13", Set.of("web", "prod")),
                            host("db-1", "10.0.0.21", Set.of("db", "prod"), "db01"),
                            host("db-2", "10.0.0.22", Set.of("db", "prod"), "db02"),
                            host("cache-1", "10.0.0.31", Set.of("cache", "staging")),
                            host("batch-1", "10.0.0.41", Set.of("batch", "staging")),
                            host("lb-1", "10.0.0.5", Set.of("lb", "prod"))));

    static final Hosts LOCAL = new Hosts(List.of(Host.local(Host.Become.NONE)));

    /// Every tool that there is, by the most that each can do.
    static final Map<String, Risk> TOOLS = tools();

    static final EmbeddedPlanner PLANNER = new EmbeddedPlanner(Catalogue.standard());

    private Fleet() {}

    private static Map<String, Risk> tools() {
        Map<String, Risk> tools = new HashMap<>();
        Catalogue.standard().all().forEach(tool -> tools.put(tool.name(), tool.card().worst()));
        return Map.copyOf(tools);
    }

    private static Host host(String name, String address, Set<String> groups, String... aliases) {
        return new Host(
                name,
                Optional.of(address),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.SUDO,
                groups.contains("prod") ? Environment.PROD : Environment.STAGING,
                groups,
                Set.of(aliases),
                true,
                Map.of());
    }

    static Planned plan(String words, String... turns) {
        return plan(HOSTS, words, List.of(turns));
    }

    static Planned local(String words) {
        return plan(LOCAL, words, List.of());
    }

    static Planned with(EmbeddedPlanner planner, String words) {
        Request request = new Request("1", "ops", Language.of(words), words);
        return planner.next(new Conversation(request, HOSTS, List.of(), List.of()), partial -> {});
    }

    /// Plans `words` after `turns`, each of which is planned as well.
    static Planned plan(Hosts hosts, String words, List<String> turns) {
        List<Conversation.Past> past = new ArrayList<>();
        for (String turn : turns) {
            Planned planned = next(hosts, turn, past);
            Optional<Proposal> proposal =
                    planned instanceof Planned.Plan plan
                            ? Optional.of(plan.proposal())
                            : Optional.empty();
            past.add(new Conversation.Past(turn, proposal));
        }
        return next(hosts, words, past);
    }

    private static Planned next(Hosts hosts, String words, List<Conversation.Past> past) {
        Request request = new Request("1", "ops", Language.of(words), words);
        return PLANNER.next(new Conversation(request, hosts, past, List.of()), partial -> {});
    }
}
