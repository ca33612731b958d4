package parley.prompts.plan.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import org.jspecify.annotations.Nullable;

import parley.tools.Language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a model is told, from `templates/<language>/model.yaml`. A text with a `{{place}}` that is
/// not filled, or a filling without its place, is a fault of the program.
final class Words {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");
    private static final Map<Language, Words> ALL =
            Map.of(Language.EN, load(Language.EN), Language.ZH, load(Language.ZH));

    private final Language language;
    private final Map<String, String> texts;

    private Words(Language language, Map<String, String> texts) {
        this.language = language;
        this.texts = texts;
    }

    Language language() {
        return language;
    }

    static Words in(Language language) {
        return requireNonNull(ALL.get(language));
    }

    private static Words load(Language language) {
        String file = "/templates/" + language.name().toLowerCase(Locale.ROOT) + "/model.yaml";
        try (@Nullable InputStream in = Words.class.getResourceAsStream(file)) {
            return new Words(
                    language,
                    new YAMLMapper()
                            .readValue(
                                    requireNonNull(in, () -> "missing: " + file),
                                    new TypeReference<Map<String, String>>() {}));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + file, broken);
        }
    }

    Set<String> keys() {
        return Set.copyOf(texts.keySet());
    }

    String get(String key) {
        return get(key, Map.of());
    }

    /// What is filled in is never searched for places itself.
    String get(String key, Map<String, String> fillings) {
        String text = requireNonNull(texts.get(key), () -> "no text " + key).strip();
        StringBuilder filled = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        int used = 0;
        while (place.find()) {
            String filling =
                    requireNonNull(
                            fillings.get(place.group(1)),
                            () -> key + " is not given " + place.group(1));
            place.appendReplacement(filled, Matcher.quoteReplacement(filling));
            used++;
        }
        if (used < fillings.size()) {
            throw new IllegalArgumentException(key + " has no place for " + fillings.keySet());
        }
        return place.appendTail(filled).toString();
    }
}
