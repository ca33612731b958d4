package parley.console.repl;

import parley.console.turn.Declarations;
import parley.safety.gate.Sanitiser;
import parley.tools.Language;

import java.util.List;

/// Declares a ticket, an emergency or an override of a freeze from the console.
final class Declaring {
    private Declaring() {}

    /// @return what is declared from now on, for the person
    static List<String> line(String line, Declarations declarations, Language language) {
        int blank = line.indexOf(' ');
        String what = blank < 0 ? line : line.substring(0, blank);
        String text = blank < 0 ? "" : line.substring(blank + 1).strip();
        Declarations.Declared was = declarations.current();
        try {
            Declarations.Declared now =
                    switch (what) {
                        case "/ticket" ->
                                new Declarations.Declared(
                                        text, was.breakGlass(), was.freezeOverride());
                        case "/break-glass" ->
                                new Declarations.Declared(was.ticket(), text, was.freezeOverride());
                        default -> new Declarations.Declared(was.ticket(), was.breakGlass(), text);
                    };
            declarations.declare(now);
            return List.of(shown(now, language));
        } catch (IllegalArgumentException tooLong) {
            return List.of(language == Language.EN ? "that is too long" : "太长了");
        }
    }

    private static String shown(Declarations.Declared now, Language language) {
        String text =
                language == Language.EN
                        ? "ticket: %s · emergency: %s · freeze override: %s"
                        : "工单：%s · 紧急破窗：%s · 封网期例外：%s";
        return Sanitiser.line(
                text.formatted(or(now.ticket()), or(now.breakGlass()), or(now.freezeOverride())));
    }

    private static String or(String text) {
        return text.isEmpty() ? "–" : text;
    }
}
