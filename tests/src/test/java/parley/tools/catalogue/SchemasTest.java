package parley.tools.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Test;

import parley.tools.Call;
import parley.tools.Language;
import parley.tools.Recording;
import parley.tools.Tool;
import parley.tools.schema.Arguments;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;
import parley.tools.schema.Schema;

import java.util.List;

/// The derived schemas, held against an independent validator.
class SchemasTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final List<Tool<?, ?>> ALL = Catalogue.standard().all();

    private static com.networknt.schema.Schema schema(Tool<?, ?> tool) {
        return REGISTRY.getSchema(Schema.of(tool.arguments(), Language.EN));
    }

    @Test
    void everySchemaIsAValidSchema() {
        com.networknt.schema.Schema meta =
                REGISTRY.getSchema(
                        com.networknt.schema.SchemaLocation.of(
                                SpecificationVersion.DRAFT_2020_12.getDialectId()));
        for (Tool<?, ?> tool : ALL) {
            JsonNode derived = Schema.of(tool.arguments(), Language.ZH);
            assertEquals(
                    List.of(),
                    meta.validate(derived.toString(), InputFormat.JSON),
                    () -> tool.name() + ": " + derived);
        }
        assertFalse(
                meta.validate("{\"type\":\"number-like\"}", InputFormat.JSON).isEmpty(),
                "the meta-schema accepts anything");
    }

    @Test
    void everySchemaAcceptsWhatIsWritten() {
        int seen = 0;
        for (Recording recording : Recording.all()) {
            Call<?> call = recording.call();
            ObjectNode written = Arguments.write(call.arguments());
            assertEquals(recording.description().required("arguments"), written);
            assertEquals(List.of(), schema(call.tool()).validate(written));
            seen++;
        }
        assertTrue(seen >= ALL.size(), "only " + seen + " calls were seen");
    }

    @Test
    void everySchemaRefusesWhatNoToolTakes() {
        for (Tool<?, ?> tool : ALL) {
            for (String name : List.of("host", "hosts", "command")) {
                ObjectNode stray = Json.mapper().createObjectNode().put(name, "web-1");
                assertFalse(schema(tool).validate(stray).isEmpty(), () -> tool.name() + stray);
                assertThrows(BadArguments.class, () -> Catalogue.bind(tool, stray));
            }
            for (var argument : tool.arguments().getRecordComponents()) {
                ObjectNode wrong = Json.mapper().createObjectNode();
                wrong.putObject(argument.getName());
                assertFalse(schema(tool).validate(wrong).isEmpty(), () -> tool.name() + wrong);
                assertThrows(BadArguments.class, () -> Catalogue.bind(tool, wrong));
            }
        }
    }
}
