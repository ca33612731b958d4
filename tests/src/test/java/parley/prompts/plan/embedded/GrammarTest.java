package parley.prompts.plan.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.prompts.plan.embedded.Token.Kind;

import java.util.List;

final class GrammarTest {
    private static final Grammar GRAMMAR = GrammarFiles.load();
    private static final Spotter SPOTTER = new Spotter(GRAMMAR, new HostNames(Fleet.HOSTS));

    @Test
    void hasRulesForEveryToolOfTheFleet() {
        for (String tool : Fleet.TOOLS.keySet()) {
            assertFalse(GRAMMAR.tool(tool).orElseThrow().rules().isEmpty(), tool);
        }
    }

    @Test
    void expandsTheShortFormOfPhrases() {
        assertEquals(
                List.of("show all disks", "show all disk", "show disks", "show disk"),
                Phrases.expand("show [all] disk[s]"));
        assertEquals(List.of("a b", "a c"), Phrases.expand("a {b|c}"));
    }

    @Test
    void findsNamesInsideChineseText() {
        assertEquals(List.of("web-1", "php8.1-fpm"), values("帮我看下web-1上php8.1-fpm的状态"));
        assertEquals(List.of("libssl1.1", "db-2"), values("libssl1.1在db-2上装了没"));
        assertEquals(List.of("g++", "python3.11"), values("g++ and python3.11"));
    }

    @Test
    void readsHostsByAliasAddressRangeAndNumber() {
        assertEquals(List.of("db-1"), values("db01"));
        assertEquals(List.of("cache-1"), values("10.0.0.31"));
        assertEquals(List.of("web-1", "web-2", "web-3"), values("web-1到3"));
        assertEquals(List.of("web-1", "web-2", "web-3"), values("web-1 to web-3"));
        assertEquals(List.of("web-1", "web-3"), values("web-1/3"));
    }

    @Test
    void tellsAHostThatIsNoneFromAName() {
        assertEquals(Kind.NO_HOST, kind("web-7"));
        assertEquals(Kind.NO_HOST, kind("bacth-1"));
        assertEquals(Kind.NAME, kind("order-api"));
    }

    @Test
    void tellsAmountsFromTimes() {
        assertEquals(List.of("size 500M"), typed("files over 500M"));
        assertEquals(List.of("since 30m"), typed("last 30m"));
        assertEquals(List.of("since 30m"), typed("最近半小时"));
    }

    @Test
    void readsMomentsOnTheClockOfTheHost() {
        assertEquals(List.of("since yesterday 20:00"), typed("昨晚8点以来"));
        assertEquals(List.of("since today"), typed("since midnight"));
        assertEquals(List.of("since today 14:00", "until today 15:30"), typed("2pm to 3:30pm"));
        assertEquals(List.of("since boot"), typed("since boot"));
        assertEquals(List.of("since 90m"), typed("last 1.5 hours"));
        assertEquals(List.of("since 20m"), typed("最近二十分钟"));
    }

    @Test
    void readsOverTypingErrorsInOrdinaryWordsOnly() {
        assertTrue(means("memroy", "memory"));
        assertTrue(means("日制", "log"));
        assertEquals(Kind.NAME, kind("ngnix"));
    }

    private static boolean means(String word, String concept) {
        return SPOTTER.tokens(NormalText.of(word)).stream()
                .anyMatch(token -> token.corrected() && token.means(concept));
    }

    private static Kind kind(String word) {
        return SPOTTER.tokens(NormalText.of(word)).getFirst().kind();
    }

    private static List<String> values(String text) {
        return SPOTTER.tokens(NormalText.of(text)).stream()
                .filter(token -> token.is(Kind.HOST) || token.is(Kind.NAME))
                .flatMap(token -> token.values().stream())
                .toList();
    }

    private static List<String> typed(String text) {
        return SPOTTER.tokens(NormalText.of(text)).stream()
                .filter(token -> token.is(Kind.VALUE))
                .map(token -> token.type() + " " + token.value())
                .toList();
    }
}
