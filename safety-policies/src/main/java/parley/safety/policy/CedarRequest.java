package parley.safety.policy;

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

import parley.tools.Host;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// A question in Cedar's terms. The person, the host and all their groups are always among the
/// entities: a policy about a missing entity would be skipped without a word.
record CedarRequest(AuthorizationRequest request, Set<Entity> entities) {
    /// Each name costs a call of the native library.
    private static final Map<String, EntityTypeName> TYPES = new ConcurrentHashMap<>();

    /// With all circumstances.
    static CedarRequest of(PolicyQuestion question, Schema schema) {
        return of(question, schema, context(question));
    }

    /// With these circumstances only, as the schema says.
    static CedarRequest of(PolicyQuestion question, Schema schema, Set<String> attributes) {
        Map<String, Value> context = context(question);
        context.keySet().retainAll(attributes);
        return of(question, schema, context);
    }

    private static CedarRequest of(
            PolicyQuestion question, Schema schema, Map<String, Value> context) {
        EntityUID person = uid("Person", question.person());
        EntityUID host = uid("Host", question.host().name());
        Set<EntityUID> roles = uids("Role", question.roles());
        Set<EntityUID> groups = uids("Group", question.host().groups());
        Set<Entity> entities = new HashSet<>();
        entities.add(new Entity(person, Map.of(), roles));
        EntityUID requester = uid("Person", question.requester());
        if (!requester.equals(person)) {
            entities.add(new Entity(requester, Map.of(), Set.of()));
        }
        entities.add(
                new Entity(
                        host,
                        Map.of(
                                "env",
                                uid("Environment", question.host().environment().word()),
                                "local",
                                new PrimBool(question.host().isLocal()),
                                "labels",
                                list(labels(question.host())),
                                "model",
                                new PrimBool(question.host().modelAllowed())),
                        groups));
        roles.forEach(role -> entities.add(new Entity(role)));
        groups.forEach(group -> entities.add(new Entity(group)));
        return new CedarRequest(
                new AuthorizationRequest(
                        person,
                        uid("Action", question.action()),
                        host,
                        Optional.of(context),
                        Optional.of(schema),
                        true),
                entities);
    }

    private static List<PrimString> labels(Host host) {
        return host.labels().entrySet().stream()
                .map(label -> new PrimString(label.getKey() + "=" + label.getValue()))
                .toList();
    }

    private static Map<String, Value> context(PolicyQuestion question) {
        PolicyQuestion.Facts facts = question.facts();
        Map<String, Value> context = new HashMap<>();
        context.put("evidence", evidence(question.evidence()));
        context.put("requester", uid("Person", question.requester()));
        context.put("tool", new PrimString(question.tool()));
        context.put("purpose", uid("Purpose", facts.purpose()));
        context.put("object", new PrimString(facts.object()));
        context.put("arguments", list(facts.arguments().stream().map(PrimString::new).toList()));
        context.put("origins", list(uids("Origin", facts.origins())));
        context.put("textOrigins", list(uids("Origin", facts.textOrigins())));
        context.put("sourceOrigins", list(uids("Origin", facts.sourceOrigins())));
        context.put("outputRead", new PrimBool(facts.outputRead()));
        context.put("cloudMetadata", new PrimBool(facts.cloudMetadata()));
        context.put("hosts", new PrimLong(facts.hosts()));
        context.put("largePartOfGroup", new PrimBool(facts.largePartOfGroup()));
        foreseen(facts, context);
        situation(facts.situation(), context);
        return context;
    }

    private static void foreseen(PolicyQuestion.Facts facts, Map<String, Value> context) {
        Foreseen foreseen = facts.foreseen();
        context.put("untouched", new PrimLong(foreseen.untouched()));
        context.put("removed", new PrimBool(foreseen.removes().contains(facts.object())));
        context.put("removals", new PrimLong(foreseen.removes().size()));
        context.put("restarts", new PrimLong(foreseen.restarts()));
        context.put("reboots", new PrimBool(foreseen.reboots()));
    }

    private static void situation(Situation now, Map<String, Value> context) {
        context.put("weekday", uid("Weekday", now.weekday()));
        context.put("hour", new PrimLong(now.hour()));
        context.put("freeze", new PrimBool(now.freeze()));
        context.put("outsideWindow", new PrimBool(now.outsideWindow()));
        context.put("lockedByOther", new PrimBool(now.lockedByOther()));
        context.put("ticket", new PrimString(now.ticket()));
        context.put("breakGlass", new PrimBool(now.breakGlass()));
        context.put("freezeOverride", new PrimBool(now.freezeOverride()));
        context.put("changesLastHour", new PrimLong(now.changesLastHour()));
        context.put("failuresLastHour", new PrimLong(now.failuresLastHour()));
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
        return TYPES.computeIfAbsent(type, name -> EntityTypeName.parse(name).orElseThrow()).of(id);
    }
}
