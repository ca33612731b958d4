package parley.tools.catalogue.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Family;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Support;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Arguments;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;
import parley.tools.value.BadValue;
import parley.tools.value.PackageQuery;

import java.util.List;
import java.util.Map;

class PackageFamiliesTest {
    private static final Map<String, String> CALLS =
            Map.of(
                    "package.deps", "{\"name\":\"nginx\"}",
                    "package.info", "{\"name\":\"nginx\"}",
                    "package.list", "{}",
                    "package.lock_status", "{}",
                    "package.search", "{\"query\":\"nginx\"}",
                    "package.updates", "{}");

    private static Next first(String tool, Family family) throws Exception {
        JsonNode arguments = Json.mapper().readTree(CALLS.get(tool));
        return first(
                Catalogue.bind(Catalogue.standard().find(tool).orElseThrow(), arguments),
                new Platform(family, 252, "some", "1"));
    }

    private static <A extends Record> Next first(Call<A> call, Platform platform) {
        if (call.tool() instanceof Observation<A, ?> tool) {
            return tool.next(call.arguments(), platform, List.of());
        }
        throw new AssertionError(call.tool().name() + " changes something");
    }

    @Test
    void aFamilyThatIsNotSupportedIsToldSoInOneLineAndNothingRuns() throws Exception {
        int seen = 0;
        for (String tool : CALLS.keySet()) {
            for (Family family : Family.values()) {
                Support support =
                        Catalogue.standard().find(tool).orElseThrow().card().support(family);
                Next next = first(tool, family);
                assertEquals(
                        support == Support.NOT_SUPPORTED,
                        next instanceof Next.NotSupported,
                        tool + " on " + family);
                if (next instanceof Next.NotSupported(Bilingual why)) {
                    seen++;
                    assertFalse(why.en().contains("\n") || why.zh().contains("\n"));
                    assertTrue(
                            family == Family.UNKNOWN || why.en().contains(family.word()), why.en());
                }
            }
        }
        assertTrue(seen >= 20, "only " + seen + " refusals were seen");
    }

    @Test
    void everyHostWithAnRpmDatabaseIsAskedForItsPackagesAlike() throws Exception {
        for (Family family : List.of(Family.DNF5, Family.YUM3, Family.ZYPPER)) {
            assertEquals(first("package.list", Family.DNF), first("package.list", family));
        }
    }

    @Test
    void theDirectionIsWrittenAsTheReferenceWritesIt() throws Exception {
        Call<?> call = bound("{\"name\":\"nginx\",\"direction\":\"requiredBy\"}");
        assertEquals("requiredBy", Arguments.write(call.arguments()).path("direction").asText());
        BadArguments refused =
                assertThrows(
                        BadArguments.class,
                        () -> bound("{\"name\":\"nginx\",\"direction\":\"required-by\"}"));
        assertTrue(refused.why().en().contains("requires, requiredBy"), refused.why().en());
    }

    @Test
    void aQueryIsNeverAPatternNorAnOption() {
        for (String query :
                List.of("web server", "libssl.so.3()(64bit)", "/usr/bin/vim", "perl(Foo::Bar)")) {
            assertEquals(query, new PackageQuery(query).value());
        }
        for (String query :
                List.of(
                        "-f", "--help", "a*", "a?", "[a]", "a\\b", "a|b", "a;b", "$(id)", "a\nb",
                        " a", "a ", "x", "")) {
            assertThrows(BadValue.class, () -> new PackageQuery(query), query);
        }
    }

    private static Call<?> bound(String arguments) throws Exception {
        return Catalogue.bind(
                Catalogue.standard().find("package.deps").orElseThrow(),
                Json.mapper().readTree(arguments));
    }
}
