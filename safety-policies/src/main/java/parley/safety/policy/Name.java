package parley.safety.policy;

import com.fasterxml.jackson.databind.JsonNode;

/// An entity as Cedar names it: `Role::"operator"`.
record Name(String type, String id) {
    static Name of(JsonNode entity) {
        return new Name(entity.path("type").asText(), entity.path("id").asText());
    }
}
