package parley.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.settings.Directories;
import parley.console.settings.KnownNames;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.catalogue.Catalogue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What the tabulator offers behind `run`.
class RunCompletionTest {
    @TempDir Path folder;
    private RunCompletion completion;

    @BeforeEach
    void learn() throws Exception {
        Path cache = Files.createDirectories(folder.resolve("parley"));
        long now = Instant.now().getEpochSecond();
        Files.writeString(
                cache.resolve("names.json"),
                """
                {"localhost": {
                    "units": {"at": %1$d, "names": ["demo-web.service", "nginx.service"]},
                    "packages": {"at": %1$d, "names": ["tb-base", "tb-client"]}},
                 "elsewhere": {"units": {"at": %1$d, "names": ["demo-db.service"]}},
                 "long-ago": {"units": {"at": %2$d, "names": ["demo-old.service"]}}}
                """
                        .formatted(now, now - 8 * 24 * 3600));
        completion =
                new RunCompletion(
                        new Hosts(List.of(Host.local(Host.Become.NONE))),
                        Catalogue.standard(),
                        KnownNames.load(
                                Directories.of(Map.of("XDG_CACHE_HOME", folder.toString()))));
    }

    private List<String> offered(String... words) {
        return completion.candidates(List.of(words));
    }

    @Test
    void toolsAndTheirArgumentsAreOffered() {
        assertEquals(List.of("package.info", "package.install"), offered("package.in"));
        assertEquals(List.of("--host", "name=", "path="), offered("package.info", ""));
        assertEquals(List.of("--host", "path="), offered("package.info", "name=nginx", ""));
        assertEquals(List.of("step=dedupe"), offered("package.repair", "--host", "db-1", "step=d"));
    }

    @Test
    void hostsAndOptionsAreOffered() {
        assertEquals(List.of("localhost"), offered("service.list", "--host", "lo"));
        assertEquals(List.of("--at-once", "--approve"), offered("service.list", "--a").reversed());
        assertEquals(List.of("zh"), offered("service.list", "--lang", "z"));
    }

    @Test
    void unitsOfTheNamedHostAreOfferedAndElseAllThatAreKnown() {
        assertEquals(
                List.of("unit=demo-web.service"),
                offered("service.stop", "--host", "localhost", "unit=demo"));
        assertEquals(
                List.of("unit=demo-db.service", "unit=demo-web.service"),
                offered("service.stop", "unit=demo"));
    }

    @Test
    void installedPackagesAreOfferedOnceEachInAList() {
        assertEquals(
                List.of("names=tb-base", "names=tb-client"), offered("package.remove", "names=tb"));
        assertEquals(
                List.of("names=tb-base,tb-client"), offered("package.remove", "names=tb-base,t"));
    }

    @Test
    void nothingIsOfferedForAToolThatThereIsNot() {
        assertTrue(offered("package.frobnicate", "").isEmpty());
    }
}
