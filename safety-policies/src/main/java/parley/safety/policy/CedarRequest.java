package parley.safety.policy;

import static java.util.Map.entry;

import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A question in Cedar's terms. The person, the host and all their groups are always among the
/// entities: a policy about a missing entity would be skipped without a word.
record CedarRequest(AuthorizationRequest request, Set<Entity> entities) {
    static CedarRequest of(PolicyQuestion question, Schema schema) {
        EntityUID person = uid("Person", question.person());
        EntityUID host = uid("Host", question.host().name());
        Set<EntityUID> roles = uids("Role", question.roles());
        Set<EntityUID> groups = uids("Group", question.host().groups());
        Set<Entity> entities = new HashSet<>();
        entities.add(new Entity(person, Map.of(), roles));
        entities.add(
                new Entity(
                        host,
                        Map.of(
                                "env",
                                uid("Environment", question.host().environment().word()),
                                "local",
                                new PrimBool(question.host().isLocal())),
                        groups));
        roles.forEach(role -> entities.add(new Entity(role)));
        groups.forEach(group -> entities.add(new Entity(group)));
        return new CedarRequest(
                new AuthorizationRequest(
                        person,
                        uid("Action", ActionSchema.id(question.tool(), question.effect())),
                        host,
                        Optional.of(context(question.facts(), question.evidence())),
                        Optional.of(schema),
                        true),
                entities);
    }

    private static Map<String, Value> context(PolicyQuestion.Facts facts, Evidence evidence) {
        return Map.ofEntries(
                entry("evidence", evidence(evidence)),
                entry("purpose", uid("Purpose", facts.purpose())),
                entry("object", new PrimString(facts.object())),
                entry("arguments", list(facts.arguments().stream().map(PrimString::new).toList())),
                entry("origins", list(uids("Origin", facts.origins()))),
                entry("textOrigins", list(uids("Origin", facts.textOrigins()))),
                entry("sourceOrigins", list(uids("Origin", facts.sourceOrigins()))),
                entry("outputRead", new PrimBool(facts.outputRead())),
                entry("cloudMetadata", new PrimBool(facts.cloudMetadata())),
                entry("hosts", new PrimLong(facts.hosts())),
                entry("largePartOfGroup", new PrimBool(facts.largePartOfGroup())));
    }

    private static CedarMap evidence(Evidence evidence) {
        return new CedarMap(
                Map.of(
                        "confirmed",
                        new PrimBool(evidence.covers(Evidence.CONFIRMED)),
                        "typed",
                        new PrimBool(evidence.covers(Evidence.TYPED)),
                        "secondPerson",
                        new PrimBool(evidence.covers(Evidence.SECOND_PERSON))));
    }

    private static CedarList list(Collection<? extends Value> values) {
        return new CedarList(List.copyOf(values));
    }

    private static Set<EntityUID> uids(String type, Set<String> ids) {
        return ids.stream().map(id -> uid(type, id)).collect(Collectors.toSet());
    }

    private static EntityUID uid(String type, String id) {
        return EntityTypeName.parse(type).orElseThrow().of(id);
    }
}
