package parley.tools.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import parley.tools.Bilingual;
import parley.tools.Composite;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Recording;
import parley.tools.Support;
import parley.tools.Tool;
import parley.tools.value.Text;
import parley.tools.value.Whole;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

class CatalogueTest {
    /// How many tools there were when this line was last changed: a check that sees fewer is blind.
    private static final int TOOLS = 58;

    private static final List<Tool<?, ?>> ALL = Catalogue.standard().all();

    /// A composite tool prints nothing; what it is made of is recorded, and its stories prove it.
    private static final List<Tool<?, ?>> RECORDED =
            ALL.stream().filter(tool -> !(tool instanceof Composite<?, ?>)).toList();

    @Test
    void everyToolClassIsListed() {
        Set<String> listed = new TreeSet<>();
        ALL.forEach(tool -> listed.add(tool.getClass().getName()));
        int seen = 0;
        for (JavaClass type : new ClassFileImporter().importPackages("parley.tools.catalogue")) {
            if (type.isAssignableTo(Tool.class)
                    && !type.isInterface()
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                seen++;
                assertTrue(
                        listed.contains(type.getName()),
                        () ->
                                "not in the catalogue; add the line: new "
                                        + type.getSimpleName()
                                        + "(),");
            }
        }
        assertEquals(ALL.size(), seen);
        assertTrue(seen >= TOOLS, "only " + seen + " tools were seen");
    }

    @Test
    void namesAreUniqueAndSorted() {
        List<String> names = ALL.stream().map(Tool::name).toList();
        assertEquals(List.copyOf(new TreeSet<>(names)), names);
    }

    @Test
    void everyToolHasExamplesInBothLanguages() {
        for (Tool<?, ?> tool : ALL) {
            assertTrue(tool.card().examples().size() >= 3, () -> "few examples: " + tool.name());
        }
    }

    @Test
    void everyFamilyCalledProvenHasARecording() {
        int proven = 0;
        for (Tool<?, ?> tool : RECORDED) {
            for (Family family : Family.values()) {
                if (tool.card().support(family) == Support.PROVEN) {
                    proven++;
                    assertTrue(
                            recordings(tool).stream()
                                    .anyMatch(one -> !one.isFailure() && one.family() == family),
                            () -> tool.name() + " has no recording from " + family.word());
                }
            }
        }
        assertTrue(proven >= TOOLS, "only " + proven + " proofs were looked for");
    }

    @Test
    void everyToolHasARecordingItRefuses() {
        for (Tool<?, ?> tool : RECORDED) {
            assertTrue(
                    recordings(tool).stream().anyMatch(Recording::isFailure),
                    () -> tool.name() + " has no recording with expected.error");
        }
    }

    @Test
    void noRecordingIsWithoutATool() {
        for (Recording recording : Recording.all()) {
            assertTrue(
                    Catalogue.standard().find(recording.tool()).isPresent(),
                    () -> "no tool for " + recording);
        }
    }

    private static List<Recording> recordings(Tool<?, ?> tool) {
        return Recording.all().stream().filter(one -> one.tool().equals(tool.name())).toList();
    }

    @Test
    void everyArgumentIsAValueTypeWithAMeaning() {
        int seen = 0;
        for (Tool<?, ?> tool : ALL) {
            for (RecordComponent argument : tool.arguments().getRecordComponents()) {
                Class<?> type = inner(argument.getGenericType());
                String name = tool.name() + " " + argument.getName();
                seen++;
                assertTrue(
                        type == boolean.class
                                || type == Boolean.class
                                || type.isEnum()
                                || type.isAnnotationPresent(Text.class)
                                || type.isAnnotationPresent(Whole.class),
                        () -> name + " is a bare " + type.getSimpleName());
                assertTrue(argument.isAnnotationPresent(Means.class), () -> "no @Means: " + name);
            }
        }
        assertTrue(seen >= 8, "only " + seen + " arguments were seen");
    }

    @Test
    void everyComponentOfAReadingHasAHeading() {
        Set<Class<?>> seen = new HashSet<>();
        for (Tool<?, ?> tool : ALL) {
            headed(reading(tool), seen);
        }
        assertTrue(seen.size() >= TOOLS, "only " + seen.size() + " records were seen");
    }

    private static void headed(Class<?> type, Set<Class<?>> seen) {
        if (!type.isRecord() || isValue(type) || !seen.add(type)) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            assertTrue(
                    component.isAnnotationPresent(Means.class),
                    () -> "no @Means: " + type.getName() + "." + component.getName());
            headed(inner(component.getGenericType()), seen);
        }
    }

    private static boolean isValue(Class<?> type) {
        return type == Finding.Lines.class
                || type == Bilingual.class
                || Arrays.stream(type.getRecordComponents())
                        .anyMatch(component ->
                                component.getAccessor().isAnnotationPresent(JsonValue.class));
    }

    /// The class that `read` gives a reading of.
    private static Class<?> reading(Tool<?, ?> tool) {
        if (tool instanceof Composite<?, ?>) {
            return inner(tool.getClass().getGenericInterfaces()[0]);
        }
        for (Method method : tool.getClass().getMethods()) {
            if (method.getName().equals("read") && !method.isBridge()) {
                return inner(method.getGenericReturnType());
            }
        }
        throw new IllegalStateException("no read in " + tool.getClass().getName());
    }

    /// `T` of `T`, `Optional<T>`, `List<T>`, `Reading<T>`.
    private static Class<?> inner(Type type) {
        return switch (type) {
            case ParameterizedType generic -> {
                Type[] arguments = generic.getActualTypeArguments();
                yield inner(arguments[arguments.length - 1]);
            }
            case Class<?> plain -> plain;
            default -> Optional.class;
        };
    }
}
