package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;

import java.util.regex.Pattern;

/// Signs that a request carries a command for a shell, or something hidden, instead of words.
final class Shell {
    private static final Pattern META =
            Pattern.compile(
                    "&&|\\|\\||[`|<>\\\\*]|\\$\\(|\\$\\{|\\$[A-Za-z_]|;\\s*(?:rm|sh|bash|curl|wget|reboot|poweroff|dd|kill|nc)\\b");

    private Shell() {}

    /// Whether anything in the request is not plain words.
    static boolean isSuspect(EmbeddedPlanner.Reading reading) {
        return META.matcher(reading.text().text()).find()
                || reading.text().raw().codePoints().anyMatch(Shell::isHidden)
                || reading.tokens().stream().anyMatch(token -> token.is(Kind.QUOTED));
    }

    /// Whether even a look should wait: something encoded, or an order to run code.
    static boolean isHostile(EmbeddedPlanner.Reading reading) {
        return reading.tokens().stream()
                .anyMatch(token -> token.is(Kind.QUOTED) && token.type().equals("encoded"));
    }

    private static boolean isHidden(int codePoint) {
        int type = Character.getType(codePoint);
        boolean layout = codePoint == '\n' || codePoint == '\t' || codePoint == '\r';
        return type == Character.FORMAT || (type == Character.CONTROL && !layout);
    }
}
