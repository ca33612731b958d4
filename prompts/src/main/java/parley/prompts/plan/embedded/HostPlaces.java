package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Tells by its place that a name can only be meant as a host: "restart nginx on app-5", app-5上的
/// nginx. Such a host is unknown, and must not be taken for a second unit.
final class HostPlaces {
    private static final Set<String> BEFORE = Set.of("on", "at", "@", "onto", "在");
    private static final Set<String> AFTER =
            Set.of("上", "上的", "的", "上面", "上面的", "那台", "这台", "机器", "主机", "里的");

    private HostPlaces() {}

    /// @param known well-known units and packages, which are no hosts
    static List<Token> marked(List<Token> tokens, Set<String> known) {
        List<Token> all = new ArrayList<>();
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            boolean host =
                    token.is(Kind.NAME)
                            && !known.contains(token.value())
                            && (isAfterOn(tokens, at) || isBeforeItsUnit(tokens, at));
            all.add(
                    host
                            ? Token.value(
                                    token.start(),
                                    token.end(),
                                    token.text(),
                                    Kind.NO_HOST,
                                    "name",
                                    token.value())
                            : token);
        }
        return all;
    }

    private static boolean isAfterOn(List<Token> tokens, int at) {
        boolean another =
                tokens.stream().filter(token -> token.is(Kind.NAME)).count() > 1
                        || tokens.get(at).text().matches("[A-Za-z]+(?:-[A-Za-z]+)*-\\d+");
        return another && at > 0 && BEFORE.contains(tokens.get(at - 1).text());
    }

    private static boolean isBeforeItsUnit(List<Token> tokens, int at) {
        return at + 2 < tokens.size()
                && AFTER.contains(tokens.get(at + 1).text())
                && tokens.get(at + 2).is(Kind.NAME);
    }
}
