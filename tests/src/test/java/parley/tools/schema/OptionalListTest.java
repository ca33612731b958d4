package parley.tools.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import parley.tools.Language;
import parley.tools.Means;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

class OptionalListTest {
    /// An arguments record with a list that may be left out.
    public record Some(
            @Means(en = "colours", zh = "颜色") Optional<List<Colour>> colours,
            @Means(en = "needed", zh = "必需") List<Colour> needed) {}

    /// Words for it.
    public enum Colour {
        RED,
        DARK_BLUE
    }

    private static Some read(String json) throws BadArguments, IOException {
        return Arguments.read(Some.class, Json.mapper().readTree(json));
    }

    @Test
    void itGoesThereAndBack() throws Exception {
        for (String json :
                List.of(
                        "{\"colours\":[\"red\",\"dark-blue\"],\"needed\":[\"red\"]}",
                        "{\"needed\":[\"red\"]}")) {
            assertEquals(Json.mapper().readTree(json), Arguments.write(read(json)));
        }
        assertEquals(Optional.empty(), read("{\"needed\":[\"red\"]}").colours());
    }

    @Test
    void aListThatIsGivenHoldsSomething() {
        assertThrows(BadArguments.class, () -> read("{\"colours\":[],\"needed\":[\"red\"]}"));
        assertThrows(BadArguments.class, () -> read("{\"colours\":\"red\",\"needed\":[\"red\"]}"));
        assertThrows(
                BadArguments.class, () -> read("{\"colours\":[\"pink\"],\"needed\":[\"red\"]}"));
        assertThrows(BadArguments.class, () -> read("{\"colours\":[\"red\"]}"));
    }

    @Test
    void itIsTypedWithCommas() throws Exception {
        assertEquals(
                Json.mapper()
                        .readTree("{\"colours\":[\"red\",\"dark-blue\"],\"needed\":[\"red\"]}"),
                ArgumentWords.json(Some.class, List.of("colours=red,dark-blue", "needed=red")));
    }

    @Test
    void itsSchemaIsAListAndNotRequired() {
        JsonNode schema = Schema.of(Some.class, Language.EN);
        assertEquals("array", schema.at("/properties/colours/type").asText());
        assertEquals("dark-blue", schema.at("/properties/colours/items/enum/1").asText());
        assertEquals("[\"needed\"]", schema.get("required").toString());
        assertFalse(schema.at("/properties/colours/minItems").isMissingNode());
    }
}
