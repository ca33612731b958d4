package parley.tools.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import parley.tools.Language;
import parley.tools.Means;
import parley.tools.value.Bytes;
import parley.tools.value.Count;
import parley.tools.value.PackageName;
import parley.tools.value.Since;
import parley.tools.value.Whole;

import java.util.List;
import java.util.Optional;

class ArgumentsTest {
    public enum Manner {
        AT_ONCE,
        LATER
    }

    /// One argument of every kind there is.
    public record Sample(
            @Means(en = "the packages", zh = "软件包") List<PackageName> names,
            @Means(en = "how many", zh = "数量") @Whole(least = 1, most = 5) Count count,
            @Means(en = "how", zh = "方式") Optional<Manner> manner,
            @Means(en = "how much", zh = "容量") Optional<Bytes> size,
            @Means(en = "since when", zh = "起始时间") Optional<Since> since,
            @Means(en = "whether", zh = "是否") Optional<Boolean> force) {}

    private static final String FULL =
            """
            {"names":["nginx","libc6"],"count":5,"manner":"at-once","size":"500M","since":"6h",
             "force":true}
            """;

    private static final com.networknt.schema.Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Schema.of(Sample.class, Language.EN));

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    @Test
    void everyKindIsReadAndWrittenBack() throws BadArguments {
        Sample read = Arguments.read(Sample.class, json(FULL));
        assertEquals(
                new Sample(
                        List.of(new PackageName("nginx"), new PackageName("libc6")),
                        new Count(5),
                        Optional.of(Manner.AT_ONCE),
                        Optional.of(Bytes.of("500M")),
                        Optional.of(new Since("6h")),
                        Optional.of(true)),
                read);
        assertEquals(json(FULL), Arguments.write(read));
        assertEquals(List.of(), SCHEMA.validate(json(FULL)));
    }

    @Test
    void whatIsNotGivenIsLeftOut() throws BadArguments {
        JsonNode least = json("{\"names\":[\"nginx\"],\"count\":1}");
        assertEquals(least, Arguments.write(Arguments.read(Sample.class, least)));
        JsonNode nulls = json("{\"names\":[\"nginx\"],\"count\":1,\"size\":null}");
        assertEquals(least, Arguments.write(Arguments.read(Sample.class, nulls)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"count\":1}",
                "{\"names\":[\"nginx\"]}",
                "{\"names\":[],\"count\":1}",
                "{\"names\":\"nginx\",\"count\":1}",
                "{\"names\":[1],\"count\":1}",
                "{\"names\":[null],\"count\":1}",
                "{\"names\":[\"nginx-\"],\"count\":1}",
                "{\"names\":[\"nginx\"],\"count\":0}",
                "{\"names\":[\"nginx\"],\"count\":6}",
                "{\"names\":[\"nginx\"],\"count\":1.5}",
                "{\"names\":[\"nginx\"],\"count\":\"1\"}",
                "{\"names\":[\"nginx\"],\"count\":18446744073709551617}",
                "{\"names\":[\"nginx\"],\"count\":1,\"manner\":\"AT_ONCE\"}",
                "{\"names\":[\"nginx\"],\"count\":1,\"manner\":7}",
                "{\"names\":[\"nginx\"],\"count\":1,\"size\":\"much\"}",
                "{\"names\":[\"nginx\"],\"count\":1,\"size\":18446744073709551617}",
                "{\"names\":[\"nginx\"],\"count\":1,\"size\":1.5}",
                "{\"names\":[\"nginx\"],\"count\":1,\"since\":5}",
                "{\"names\":[\"nginx\"],\"count\":1,\"force\":\"yes\"}",
                "{\"names\":[\"nginx\"],\"count\":1,\"host\":\"web-1\"}",
                "{\"names\":{\"a\":1},\"count\":1}"
            })
    void badArgumentsAreRefusedByBoth(String text) {
        BadArguments refused =
                assertThrows(BadArguments.class, () -> Arguments.read(Sample.class, json(text)));
        assertFalse(refused.why().zh().isBlank());
        assertFalse(SCHEMA.validate(json(text)).isEmpty(), "the schema accepts " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"names\":[\"a1\"],\"count\":9} | argument \"count\": 9 is not a number from 1 to"
                        + " 5",
                "{\"names\":[\"a1\"]} | the argument \"count\" is missing: how many",
                "{\"names\":[\"a1\"],\"count\":1,\"x\":2} | no argument \"x\"; it takes: names,"
                        + " count, manner, size, since, force",
                "{\"names\":[\"a1\"],\"count\":1,\"manner\":\"now\"} | argument \"manner\": \"now\""
                        + " is not one of: at-once, later"
            })
    void aRefusalNamesTheArgumentAndWhatItTakes(String text, String message) {
        BadArguments refused =
                assertThrows(BadArguments.class, () -> Arguments.read(Sample.class, json(text)));
        assertEquals(message, refused.why().en());
    }

    @Test
    void tooLongAListIsRefused() {
        String names = "\"a1\",".repeat(Schema.MOST_ITEMS) + "\"a1\"";
        JsonNode many = json("{\"count\":1,\"names\":[" + names + "]}");
        assertThrows(BadArguments.class, () -> Arguments.read(Sample.class, many));
        assertFalse(SCHEMA.validate(many).isEmpty());
    }

    @Test
    void anAmountMayAlsoBeANumberOfBytes() throws BadArguments {
        JsonNode number = json("{\"names\":[\"a1\"],\"count\":1,\"size\":4096}");
        assertEquals(Optional.of(new Bytes(4096)), Arguments.read(Sample.class, number).size());
    }

    @Test
    void theSchemaSpeaksBothLanguages() {
        assertEquals(
                "软件包",
                Schema.of(Sample.class, Language.ZH).at("/properties/names/description").asText());
        assertTrue(Schema.of(Sample.class, Language.EN).path("additionalProperties").isBoolean());
    }

    @Test
    void repeatedKeysAreNotJson() {
        assertThrows(IllegalArgumentException.class, () -> json("{\"count\":1,\"count\":2}"));
    }
}
