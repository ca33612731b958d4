package parley.safety.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.policy.Evidence;
import parley.safety.policy.Foreseen;
import parley.safety.policy.PolicyQuestion;
import parley.tools.Risk;
import parley.tools.schema.Arguments;
import parley.tools.value.AbsolutePath;
import parley.tools.value.CloudMetadata;
import parley.tools.value.PackageName;
import parley.tools.value.UnitName;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the policies are told about a step: computed here from the step itself and its
/// circumstances, never by whoever proposed it.
///
/// @param objects names of what is touched or interrupted; never empty, `""` stands for none
record StepFacts(SortedSet<String> objects, PolicyQuestion.Facts facts) {
    /// Arguments that say where something comes from, beside everything that looks like a path or
    /// an address with a scheme.
    private static final Set<String> SOURCES =
            Set.of(
                    "artifact",
                    "contentRef",
                    "image",
                    "path",
                    "paths",
                    "repo",
                    "repository",
                    "source",
                    "url",
                    "version");

    private static final Set<String> REBOOTING = Set.of("boot.reboot");
    private static final Set<String> REBOOT_UNITS =
            Set.of("reboot.target", "poweroff.target", "halt.target", "kexec.target");

    static StepFacts of(Step step, Circumstances circumstances) {
        Set<Provenance> origins = EnumSet.noneOf(Provenance.class);
        Set<Provenance> textOrigins = EnumSet.noneOf(Provenance.class);
        Set<Provenance> sourceOrigins = EnumSet.noneOf(Provenance.class);
        Set<String> arguments = new TreeSet<>();
        boolean metadata = false;
        ObjectNode written = Arguments.write(step.call().arguments());
        for (RecordComponent component : step.call().arguments().getClass().getRecordComponents()) {
            String name = Arguments.name(component);
            // An argument nobody vouched for counts as a model's.
            Provenance from = step.provenance().getOrDefault(name, Provenance.MODEL);
            for (JsonNode value : values(written.path(name))) {
                arguments.add(name + "=" + value.asText());
                origins.add(from);
                if (value.isTextual() && !isClosedSet(component)) {
                    textOrigins.add(from);
                    metadata |= CloudMetadata.isMeantBy(value.textValue());
                    if (isSource(name, value.textValue())) {
                        sourceOrigins.add(from);
                    }
                }
            }
        }
        SortedSet<String> objects = new TreeSet<>(circumstances.objects());
        objects.addAll(circumstances.alsoHit());
        objects.addAll(circumstances.removes());
        objects.addAll(named(step.call().arguments()));
        if (objects.isEmpty()) {
            objects.add("");
        }
        int hit = circumstances.groupHit();
        return new StepFacts(
                objects,
                new PolicyQuestion.Facts(
                        step.purpose().name().toLowerCase(Locale.ROOT),
                        "",
                        arguments,
                        words(origins),
                        words(textOrigins),
                        words(sourceOrigins),
                        circumstances.outputRead(),
                        metadata,
                        circumstances.targets().size(),
                        hit > 1 && 4L * hit > circumstances.groupSize(),
                        foreseen(step, circumstances, objects),
                        circumstances.situation()));
    }

    private static Foreseen foreseen(
            Step step, Circumstances circumstances, SortedSet<String> objects) {
        boolean reboots =
                step.purpose() == Step.Purpose.CALL
                        && (REBOOTING.contains(step.call().tool().name())
                                || objects.stream().anyMatch(REBOOT_UNITS::contains));
        return new Foreseen(
                circumstances.removes(),
                circumstances.alsoHit().size(),
                reboots,
                circumstances.groupHit() == 0
                        ? -1
                        : circumstances.groupSize() - circumstances.groupHit());
    }

    /// The question whether this step may run, with nobody's word for it yet.
    PolicyQuestion question(Step step, Circumstances circumstances, Risk effect) {
        return new PolicyQuestion(
                circumstances.actor().id(),
                circumstances.actor().roles(),
                step.call().tool().name(),
                effect,
                step.host(),
                facts,
                Evidence.NONE);
    }

    private static Set<String> words(Set<Provenance> origins) {
        return origins.stream().map(Provenance::word).collect(Collectors.toSet());
    }

    /// The values of one argument: none when it was not given, each element of a list.
    static List<JsonNode> values(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        List<JsonNode> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(values::add);
        } else {
            values.add(node);
        }
        return values;
    }

    private static boolean isClosedSet(RecordComponent component) {
        return component.getType().isEnum()
                || component.getGenericType().getTypeName().contains("Boolean")
                || (component.getGenericType()
                                instanceof java.lang.reflect.ParameterizedType generic
                        && generic.getActualTypeArguments()[0] instanceof Class<?> inner
                        && inner.isEnum());
    }

    private static boolean isSource(String name, String value) {
        return SOURCES.contains(name) || value.startsWith("/") || value.contains("://");
    }

    /// Units by their full names, packages and paths, as the arguments themselves name them.
    private static Set<String> named(Record arguments) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : arguments.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(arguments);
                List<?> all =
                        switch (value) {
                            case Optional<?> optional -> optional.stream().toList();
                            case List<?> list -> list;
                            case null -> List.of();
                            default -> List.of(value);
                        };
                all.forEach(one -> name(one).ifPresent(names::add));
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(
                        "not a public record: " + arguments.getClass().getName(), broken);
            }
        }
        return names;
    }

    private static Optional<String> name(Object value) {
        return switch (value) {
            case UnitName unit -> Optional.of(unit.full());
            case PackageName name -> Optional.of(name.value());
            case AbsolutePath path -> Optional.of(path.value());
            default -> Optional.empty();
        };
    }
}
