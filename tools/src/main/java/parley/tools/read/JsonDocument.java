package parley.tools.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place in output that is one JSON document, as `ip -j` or `nft -j` prints it. It knows its way
/// from the top, so that a refusal can name it.
///
/// @param path `/0/stats64/rx`
public record JsonDocument(Argv argv, String path, JsonNode node) {

    /// The whole document. A program that has nothing to tell may print nothing at all: that is an
    /// empty list.
    ///
    /// @throws Unreadable when the exit code is not a readable one, part was cut off, or it is not
    ///   one JSON document
    public static JsonDocument of(Capture capture) throws Unreadable {
        if (capture.readable().truncated()) {
            throw new Unreadable(
                    Bilingual.of(
                            "{0} printed more than the {1} bytes that are kept",
                            "{0} 的输出超过了保留上限 {1} 字节",
                            capture.argv().program(),
                            capture.argv().mostBytes()));
        }
        if (capture.stdout().isBlank()) {
            return new JsonDocument(capture.argv(), "", Json.mapper().createArrayNode());
        }
        try {
            return new JsonDocument(capture.argv(), "", Json.mapper().readTree(capture.stdout()));
        } catch (JsonProcessingException broken) {
            throw Unreadable.line(capture.argv(), 1, "one JSON document", capture.stdout());
        }
    }

    /// The elements of this list.
    public List<JsonDocument> elements() throws Unreadable {
        if (!node.isArray()) {
            throw refused("a list");
        }
        List<JsonDocument> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(new JsonDocument(argv, path + "/" + elements.size(), element));
        }
        return List.copyOf(elements);
    }

    /// The member `name` of this object.
    ///
    /// @throws Unreadable when there is none
    public JsonDocument at(String name) throws Unreadable {
        return find(name).orElseThrow(() -> refused("an object with \"" + name + "\""));
    }

    /// The member `name`; empty when there is none, it is `null`, or this is no object.
    public Optional<JsonDocument> find(String name) {
        JsonNode member = node.path(name);
        return member.isMissingNode() || member.isNull()
                ? Optional.empty()
                : Optional.of(new JsonDocument(argv, path + "/" + name, member));
    }

    public String text() throws Unreadable {
        if (!node.isTextual()) {
            throw refused("text");
        }
        return node.textValue();
    }

    /// A whole number of at most 63 bits that is not negative.
    public long whole() throws Unreadable {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw refused("a whole number");
        }
        return node.longValue();
    }

    /// A number.
    public double decimal() throws Unreadable {
        if (!node.isNumber() || Double.isInfinite(node.doubleValue())) {
            throw refused("a number");
        }
        return node.doubleValue();
    }

    /// The texts of the list `name`; none when there is no such member.
    public List<String> texts(String name) throws Unreadable {
        List<String> texts = new ArrayList<>();
        Optional<JsonDocument> list = find(name);
        if (list.isPresent()) {
            for (JsonDocument one : list.get().elements()) {
                texts.add(one.text());
            }
        }
        return List.copyOf(texts);
    }

    /// The refusal of this place.
    public Unreadable refused(String expected) {

        return Unreadable.line(
                argv, 1, expected + " at " + (path.isEmpty() ? "the top" : path), node.toString());
    }
}
