package parley.console.cli;

import org.jspecify.annotations.Nullable;

import parley.console.settings.Options;
import parley.console.turn.Declarations;
import parley.tools.Language;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/// The options that every subcommand has.
final class Common {
    /// The forms of output.
    enum Output {
        text,
        json,
        jsonl
    }

    @Option(
            names = "--output",
            paramLabel = "text|json|jsonl",
            description = "form of the output (text)",
            defaultValue = "text")
    Output output = Output.text;

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description = "the hosts there are, instead of the configured inventory")
    @Nullable Path inventory;

    @Option(
            names = "--lang",
            paramLabel = "en|zh",
            description = "language of the answers; without it that of the words")
    @Nullable String language;

    @Option(
            names = "--planner",
            paramLabel = "embedded|model",
            description = "which planner; without it the model when one is configured")
    @Nullable String planner;

    @Option(
            names = "--ticket",
            paramLabel = "NUMBER",
            description = "the ticket that changes belong to",
            defaultValue = "")
    String ticket = "";

    @Option(
            names = "--break-glass",
            paramLabel = "REASON",
            description = "declare an emergency: stands for a second person, recorded for review",
            defaultValue = "")
    String breakGlass = "";

    @Option(
            names = "--override-freeze",
            paramLabel = "REASON",
            description = "change in spite of a freeze, recorded for review",
            defaultValue = "")
    String overrideFreeze = "";

    @Option(names = "--debug", description = "stack traces of unexpected errors")
    boolean debug;

    /// The language to answer `words` in.
    Language language(String words) {
        return chosen().orElseGet(() -> words.isEmpty() ? ofLocale() : Language.of(words));
    }

    /// The language of the surroundings, where no words decide.
    Language language() {
        return chosen().orElseGet(Common::ofLocale);
    }

    Options options() {
        return new Options(
                Optional.ofNullable(inventory),
                Optional.ofNullable(planner),
                System.getenv(),
                new Declarations.Declared(ticket, breakGlass, overrideFreeze));
    }

    Optional<Language> chosen() {
        return Optional.ofNullable(language).map(Language::ofLocale);
    }

    static Language ofLocale() {
        for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return Language.ofLocale(value);
            }
        }
        return Language.EN;
    }
}
