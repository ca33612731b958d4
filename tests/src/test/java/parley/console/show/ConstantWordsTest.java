package parley.console.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Bilingual;
import parley.tools.Composite;
import parley.tools.ConstantWords;
import parley.tools.Language;
import parley.tools.Means;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.catalogue.services.ExitStatus;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Whoever reads Chinese reads no constant of a program.
class ConstantWordsTest {
    /// Written the same in both languages: names of programs, protocols and records.
    private static final Set<String> NAMES =
            Set.of(
                    "A",
                    "AAAA",
                    "MX",
                    "TXT",
                    "NS",
                    "PTR",
                    "SRV",
                    "ICMP",
                    "TCP",
                    "HTTP",
                    "TLS",
                    "USB",
                    "GPU",
                    "apt",
                    "dnf",
                    "dnf 5",
                    "yum 3",
                    "zypper",
                    "apk",
                    "systemd-oomd",
                    "earlyoom");

    private record Fate(
            @Means(en = "how it ended", zh = "结束方式") ExitStatus.How how,
            @Means(en = "all", zh = "全部") List<ExitStatus.How> all) {}

    /// All enumerations that a reading of the catalogue may hold, wherever in it.
    private static Set<Class<?>> shown() {
        Set<Class<?>> seen = new LinkedHashSet<>();
        for (Tool<?, ?> tool : Catalogue.standard().all()) {
            if (tool instanceof Composite<?, ?>) {
                // What it read is told in sentences.
                continue;
            }
            for (Method method : tool.getClass().getMethods()) {
                if (method.getName().equals("read") && !method.isBridge()) {
                    collect(method.getGenericReturnType(), seen);
                }
            }
            Stream.of(tool.getClass().getGenericInterfaces()).forEach(type -> collect(type, seen));
        }
        Set<Class<?>> enumerations = new LinkedHashSet<>(seen);
        enumerations.removeIf(type -> !type.isEnum());
        return enumerations;
    }

    private static void collect(Type type, Set<Class<?>> seen) {
        switch (type) {
            case ParameterizedType generic -> {
                // The first argument of a tool's own interfaces is what it is given.
                boolean tool =
                        generic.getRawType() instanceof Class<?> raw
                                && Tool.class.isAssignableFrom(raw);
                Type[] arguments = generic.getActualTypeArguments();
                for (int index = tool ? 1 : 0; index < arguments.length; index++) {
                    collect(arguments[index], seen);
                }
            }
            case WildcardType wildcard ->
                    Stream.of(wildcard.getUpperBounds()).forEach(bound -> collect(bound, seen));
            case Class<?> plain when plain.getName().startsWith("parley.") && seen.add(plain) -> {
                if (plain.isRecord()) {
                    for (RecordComponent component : plain.getRecordComponents()) {
                        collect(component.getGenericType(), seen);
                    }
                }
                if (plain.isSealed()) {
                    Stream.of(plain.getPermittedSubclasses()).forEach(one -> collect(one, seen));
                }
            }
            default -> {}
        }
    }

    private static boolean isTranslated(Bilingual word) {
        return NAMES.contains(word.zh())
                || word.zh().codePoints().anyMatch(ConstantWordsTest::isChinese);
    }

    private static boolean isChinese(int code) {
        return Character.UnicodeScript.of(code) == Character.UnicodeScript.HAN;
    }

    @Test
    void everyConstantOfAReadingHasItsWordsInBothLanguages() {
        List<String> without = new ArrayList<>();
        int seen = 0;
        for (Class<?> type : shown()) {
            Set<Bilingual> words = new HashSet<>();
            for (Object one : type.getEnumConstants()) {
                seen++;
                Optional<Bilingual> word = ConstantWords.find((Enum<?>) one);
                if (word.filter(ConstantWordsTest::isTranslated).filter(words::add).isEmpty()) {
                    without.add(type.getName() + "." + one + ": " + word);
                }
            }
        }
        assertEquals(List.of(), without);
        assertTrue(seen >= 250, "only " + seen + " constants were looked at");
    }

    @Test
    void aReadingShowsTheWordAndNotTheConstant() {
        Fate fate = new Fate(ExitStatus.How.EXITED, List.of(ExitStatus.How.KILLED));

        assertEquals(
                List.of("结束方式：退出", "全部：被信号终止"),
                new ReadingView(Language.ZH, 80, Ink.BLOCKS).lines(fate));
        assertEquals(
                List.of("how it ended: exited", "all: killed"),
                new ReadingView(Language.EN, 80, Ink.BLOCKS).lines(fate));
    }
}
