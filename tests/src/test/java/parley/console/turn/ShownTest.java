package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import parley.safety.redact.Redactor;
import parley.tools.schema.Json;

import java.nio.charset.StandardCharsets;

class ShownTest {
    private final Redactor redactor =
            new Redactor("the key of one record".getBytes(StandardCharsets.UTF_8));

    @Test
    void noPlannerSeesASecretThatAHostPrinted() throws Exception {
        JsonNode reading =
                Json.mapper()
                        .readTree(
                                """
                                {"lines": [{"message": "DB_PASSWORD=Tr0ub4dor3", "pid": 17}],
                                 "unit": "app.service", "none": null}\
                                """);
        JsonNode clean = Shown.clean(reading, redactor);
        String mark = "[redacted password " + redactor.commitment("Tr0ub4dor3").substring(0, 8);
        assertEquals("DB_PASSWORD=" + mark + "]", clean.at("/lines/0/message").textValue());
        assertEquals(17, clean.at("/lines/0/pid").intValue());
        assertEquals("app.service", clean.at("/unit").textValue());
        assertEquals(true, clean.at("/none").isNull());
    }
}
