package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.embedded.HostMention.Problem;
import parley.prompts.plan.embedded.Token.Kind;
import parley.prompts.plan.embedded.ToolRules.Argument;
import parley.tools.Hosts;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Fills what a piece leaves out from the pieces around it and from earlier requests.
final class Antecedents {
    /// Where a call goes.
    ///
    /// @param named whether the words of this request name the hosts
    record Where(
            SortedSet<String> names, Optional<Problem> problem, boolean vague, boolean named) {}

    private final List<Piece> all;
    private final List<Piece> pieces;
    private final int offset;
    private final Context context;
    private final Hosts hosts;

    /// @param all every piece of the request, `pieces` those that count
    Antecedents(List<Piece> all, List<Piece> pieces, Context context, Hosts hosts) {
        this.all = all;
        this.pieces = pieces;
        this.offset = all.size() - pieces.size();
        this.context = context;
        this.hosts = hosts;
    }

    /// Where a frame of the piece goes: not to the other end of a connection.
    Where hosts(int at, Frame frame, Risk risk) {
        if (frame.peers().isEmpty()) {
            return hosts(at, pieces.get(at).hosts(), risk);
        }
        List<Token> rest =
                pieces.get(at).segment().tokens().stream()
                        .filter(token -> !frame.peers().contains(token))
                        .toList();
        return hosts(at, HostMention.of(rest, hosts), risk);
    }

    Where hosts(int at, Risk risk) {
        return hosts(at, pieces.get(at).hosts(), risk);
    }

    private Where hosts(int at, HostMention own, Risk risk) {
        Optional<Problem> address = strayAddress(pieces.get(at));
        if (own.problem().isPresent() || address.isPresent()) {
            return new Where(own.names(), own.problem().or(() -> address), own.vague(), true);
        }
        if (!own.names().isEmpty()) {
            return new Where(own.names(), Optional.empty(), own.vague(), true);
        }
        for (int near = offset + at - 1; near >= 0; near--) {
            if (!all.get(near).hosts().isEmpty()) {
                return of(all.get(near).hosts());
            }
        }
        for (int near = offset + at + 1; near < all.size(); near++) {
            if (!all.get(near).hosts().isEmpty()) {
                return of(all.get(near).hosts());
            }
        }
        if (!context.hosts().isEmpty()
                && (risk == Risk.OBSERVE || context.hosts().size() == 1 || isPlural(at))) {
            return new Where(context.hosts(), Optional.empty(), false, false);
        }
        SortedSet<String> only = new TreeSet<>();
        if (hosts.size() == 1) {
            only.add(hosts.all().getFirst().name());
        }
        return new Where(only, Optional.empty(), false, false);
    }

    /// Whether words such as "them" or "those hosts" point back: "restart it" after several hosts
    /// leaves open which one.
    private boolean isPlural(int at) {
        return pieces.get(at).has("plural");
    }

    private static Where of(HostMention mention) {
        return new Where(mention.names(), mention.problem(), mention.vague(), true);
    }

    /// An address that is neither a host nor used by the tool.
    private static Optional<Problem> strayAddress(Piece piece) {
        return piece.segment().tokens().stream()
                .filter(token -> token.is(Kind.VALUE) && token.type().equals("address"))
                .filter(token -> piece.frames().stream().noneMatch(f -> f.used().contains(token)))
                .map(token -> new Problem(token.text(), List.of()))
                .findFirst();
    }

    /// The arguments of each call that the frame stands for; empty when one must be asked for.
    List<ObjectNode> complete(int at, Frame frame, Risk risk) {
        List<ObjectNode> calls = new ArrayList<>();
        List<String> missing = frame.missing();
        if (missing.isEmpty()) {
            calls.add(withInherited(at, frame));
            for (String value : frame.split()) {
                calls.add(frame.arguments().deepCopy().put(frame.splitArgument(), value));
            }
            return calls;
        }
        Argument how = frame.tool().arguments().get(missing.getFirst());
        if (missing.size() > 1 || how == null || !isName(how)) {
            return List.of();
        }
        List<String> names = names(at, risk);
        if (how.list() && !names.isEmpty()) {
            ObjectNode call = frame.arguments().deepCopy();
            names.forEach(call.putArray(missing.getFirst())::add);
            return List.of(call);
        }
        if (names.size() > 1 && risk != Risk.OBSERVE) {
            return List.of();
        }
        names.forEach(
                name -> calls.add(frame.arguments().deepCopy().put(missing.getFirst(), name)));
        return calls;
    }

    /// "check nginx on web-1, then the logs": the logs of nginx.
    private ObjectNode withInherited(int at, Frame frame) {
        Argument unit = frame.tool().arguments().get("unit");
        boolean could =
                unit != null
                        && !frame.arguments().has("unit")
                        && frame.tool().name().equals("log.journal")
                        && pieces.get(at).names().isEmpty();
        if (!could) {
            return frame.arguments();
        }
        boolean back = pieces.get(at).has("pronoun") || pieces.get(at).has("also");
        List<String> names = namesInRequest(at);
        if (names.isEmpty() && back) {
            names = context.names();
        }
        boolean ownHosts = !pieces.get(at).hosts().names().isEmpty();
        return names.size() == 1 && (back || !ownHosts)
                ? frame.arguments().deepCopy().put("unit", names.getFirst())
                : frame.arguments();
    }

    private static boolean isName(Argument how) {
        return how.types().stream()
                .anyMatch(t -> t.equals("unit") || t.equals("package") || t.equals("name"));
    }

    /// The names that a piece without one is about.
    List<String> names(int at, Risk risk) {
        List<String> here = namesInRequest(at);
        if (!here.isEmpty()) {
            return here;
        }
        boolean back =
                pieces.get(at).has("pronoun")
                        || pieces.get(at).has("also")
                        || pieces.get(at).has("same");
        return risk == Risk.OBSERVE || back ? context.names() : List.of();
    }

    private List<String> namesInRequest(int at) {
        for (int near = offset + at - 1; near >= 0; near--) {
            if (!all.get(near).names().isEmpty()) {
                return all.get(near).names();
            }
        }
        for (int near = offset + at + 1; near < all.size(); near++) {
            if (!all.get(near).names().isEmpty() && all.get(near).frames().isEmpty()) {
                return all.get(near).names();
            }
        }
        return List.of();
    }

    /// The piece before.
    Optional<Piece> before(int at) {
        return offset + at > 0 ? Optional.of(all.get(offset + at - 1)) : Optional.empty();
    }

    /// All names of units and packages in the request.
    List<String> allNames() {
        return all.stream().flatMap(piece -> piece.names().stream()).distinct().toList();
    }

    /// All hosts the request names.
    SortedSet<String> allHosts() {
        SortedSet<String> names = new TreeSet<>();
        all.forEach(piece -> names.addAll(piece.hosts().names()));
        return names;
    }
}
