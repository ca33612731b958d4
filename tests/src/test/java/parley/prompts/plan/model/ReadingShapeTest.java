package parley.prompts.plan.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import parley.prompts.plan.model.ReadingShape.Elements;
import parley.prompts.plan.model.ReadingShape.Field;
import parley.prompts.plan.model.ReadingShape.Fields;
import parley.prompts.plan.model.ReadingShape.Open;
import parley.prompts.plan.model.ReadingShape.Value;

import java.util.List;

class ReadingShapeTest {
    private static final ReadingShape SHAPE =
            new Fields(
                    List.of(
                            new Field("count", new Value()),
                            new Field(
                                    "mounts",
                                    new Elements(
                                            new Fields(List.of(new Field("used", new Value()))))),
                            new Field("labels", new Open())));

    @ParameterizedTest
    @CsvSource({
        "/count,true",
        "/mounts/*/used,true",
        "/mounts/0/used,true",
        "/labels/any/thing,true",
        "/mounts,false",
        "/mounts/used,false",
        "/mounts/01/used,false",
        "/count/more,false",
        "/Count,false",
        "/,false",
    })
    void aPointerLeadsToAValueOrNowhere(String pointer, boolean leads) {
        assertEquals(leads, SHAPE.leads(List.of(pointer.substring(1).split("/", -1))));
    }

    @Test
    void theShapeIsThatOfTheToolsReading() {
        assertEquals(
                new Fields(List.of(new Field("count", new Value()))),
                ReadingShape.of(new DiskTool()));
        assertEquals(
                new Fields(List.of(new Field("unit", new Value()))),
                ReadingShape.of(new RestartTool()));
        assertEquals("{count, mounts: [{used}], labels: …}", SHAPE.sketch());
    }
}
