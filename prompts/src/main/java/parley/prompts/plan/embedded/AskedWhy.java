package parley.prompts.plan.embedded;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.Planned;
import parley.prompts.plan.embedded.Token.Kind;
import parley.tools.Proposal;
import parley.tools.Proposal.Item;
import parley.tools.schema.Json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// "and why is that?", 咋满的: the cause of what was looked at before.
final class AskedWhy {
    private static final String DIAGNOSIS = "diag.run";

    /// More words than this say themselves what they are about.
    private static final int MOST_TOKENS = 14;

    /// What a look at something asks about when its cause is asked for.
    private static final Map<String, String> CAUSES =
            Map.ofEntries(
                    entry("accel.status", "gpu-stuck"),
                    entry("boot.reboot_required", "reboot-needed"),
                    entry("cert.endpoint", "certificate"),
                    entry("cpu.usage", "host-slow"),
                    entry("disk.io", "host-slow"),
                    entry("disk.usage", "disk-full"),
                    entry("dns.check", "dns"),
                    entry("mem.oom_events", "oom"),
                    entry("mem.usage", "host-slow"),
                    entry("metrics.history", "host-slow"),
                    entry("package.check", "package-broken"),
                    entry("process.top", "host-slow"),
                    entry("service.start", "service-down"),
                    entry("service.status", "service-down"),
                    entry("time.status", "clock-skew"));

    private AskedWhy() {}

    static Optional<Planned> of(EmbeddedPlanner.Reading reading, Context context, Known known) {
        List<Item> last = context.last().map(Proposal::items).orElse(List.of());
        String cause = last.size() == 1 ? CAUSES.get(last.getFirst().tool()) : null;
        if (cause == null || !known.risks().containsKey(DIAGNOSIS) || !isOnlyWhy(reading, cause)) {
            return Optional.empty();
        }
        ObjectNode arguments = Json.mapper().createObjectNode().put("diagnosis", cause);
        JsonNode unit = last.getFirst().arguments().path("unit");
        if (unit.isTextual()) {
            arguments.set("unit", unit);
        }
        Item item = new Item(DIAGNOSIS, arguments, last.getFirst().hosts(), Optional.empty());
        return Optional.of(
                new Planned.Plan(new Proposal(List.of(item), List.of()), true, List.of()));
    }

    private static boolean isOnlyWhy(EmbeddedPlanner.Reading reading, String cause) {
        List<Token> tokens = reading.tokens();
        boolean asks =
                tokens.stream()
                        .anyMatch(token ->
                                token.means("why")
                                        || token.text().startsWith("咋")
                                        || token.text().startsWith("怎么")
                                        || token.text().startsWith("为"));
        boolean own =
                tokens.stream()
                        .anyMatch(token ->
                                token.is(Kind.NAME)
                                        || token.is(Kind.VALUE)
                                        || token.is(Kind.QUOTED)
                                        || Segments.isHost(token)
                                        || (isSymptom(token) && !cause.equals("service-down")));
        boolean order =
                reading.pieces().stream()
                        .anyMatch(piece -> piece.mood().suspicious() || isForbidden(piece));
        return asks && !own && !order && tokens.size() <= MOST_TOKENS;
    }

    private static boolean isForbidden(Piece piece) {
        return piece.mood().negated()
                && piece.segment().tokens().stream().anyMatch(Token::isChangeVerb);
    }

    private static boolean isSymptom(Token token) {
        return token.concepts().stream()
                .anyMatch(concept ->
                        concept.equals("sym.slow")
                                || concept.equals("slow")
                                || concept.startsWith("sym.dns"));
    }
}
