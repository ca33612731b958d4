package parley.console.report;

import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.schema.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The calls that a planner proposed.
final class PlanItems {
    private final Page page;

    PlanItems(Page page) {
        this.page = page;
    }

    /// @param proposal as the record holds it; what is no proposal is shown as it is
    void write(String proposal) {
        if (proposal.isEmpty()) {
            return;
        }
        try {
            JsonNode json = Json.mapper().readTree(proposal);
            page.open("ol", "class", "items");
            json.path("items").forEach(this::item);
            page.close();
        } catch (IOException erased) {
            page.leaf("p", proposal);
        }
    }

    private void item(JsonNode item) {
        page.open("li").leaf("code", item.path("tool").asText(), "class", "tool");
        List<String> arguments = new ArrayList<>();
        item.path("arguments")
                .properties()
                .forEach(field ->
                        arguments.add(
                                field.getKey()
                                        + "="
                                        + (field.getValue().isTextual()
                                                ? field.getValue().textValue()
                                                : field.getValue().toString())));
        page.text(" " + String.join(" ", arguments));
        List<String> hosts = new ArrayList<>();
        item.path("hosts").forEach(host -> hosts.add(host.asText()));
        hosts.forEach(host -> page.leaf("span", host, "class", "chip host"));
        if (!item.path("condition").isMissingNode()) {
            page.leaf("small", item.path("condition").toString());
        }
        page.close();
    }
}
