package parley.safety.policy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What an administrator sees when a policy file is not right: the whole text, in both languages.
///
/// Each file `tests/decisions/refused/*.cedar` stands beside the message it earns, `*.error`:
/// adding a case adds two files and no code.
final class LoadRefusalsTest {
    private static final Path FOLDER = Path.of("decisions/refused");
    private static final String GOOD =
            """
            @id("look")
            @en("Anybody may look.")
            @zh("任何人都可以查看。")
            permit (principal, action in Action::"observe", resource);
            """;

    private static String schema() throws PolicyError {
        return ActionSchema.of(ShippedPolicies.declarations(), List.of());
    }

    private static String refusal(PolicyFile... files) {
        PolicyError error =
                assertThrows(PolicyError.class, () -> Policies.load(List.of(files), schema()));
        return error.why().en() + "\n\n" + error.why().zh() + "\n";
    }

    @Test
    void everyRefusedFileEarnsItsMessage() throws IOException {
        List<Path> files;
        try (var all = Files.list(FOLDER)) {
            files = all.filter(file -> file.toString().endsWith(".cedar")).sorted().toList();
        }
        assertTrue(files.size() >= 29, () -> "only " + files.size());
        assertAll(
                files.stream()
                        .map(file ->
                                () -> {
                                    String name = file.getFileName().toString();
                                    Path error = FOLDER.resolve(name.replace(".cedar", ".error"));
                                    assertEquals(
                                            Files.exists(error) ? Files.readString(error) : "",
                                            refusal(
                                                    new PolicyFile(
                                                            "policies/" + name,
                                                            Files.readString(file))),
                                            name);
                                }));
    }

    @Test
    void anIdTakenInAnotherFileNamesThatFile() {
        assertEquals(
                """
                ERROR: @id("look") is taken
                  --> policies/two.cedar:1:1
                  |
                1 | @id("look")
                  | ^^^
                  = it stands at policies/one.cedar:3; choose another

                错误：@id("look") 已被使用
                  --> policies/two.cedar:1:1
                  |
                1 | @id("look")
                  | ^^^
                  = 已用于 policies/one.cedar:3，请换一个
                """,
                refusal(
                        new PolicyFile("policies/one.cedar", "\n\n" + GOOD),
                        new PolicyFile("policies/two.cedar", GOOD)));
    }

    @Test
    void aFileThatMayOnlyForbidMayNotPermit() {
        assertEquals(
                """
                ERROR: this file may only forbid
                  --> mine.cedar:4:1
                  |
                4 | permit (principal, action in Action::"observe", resource);
                  | ^^^^^^
                  = ask whoever keeps the shared policies

                错误：此文件只能包含 forbid
                  --> mine.cedar:4:1
                  |
                4 | permit (principal, action in Action::"observe", resource);
                  | ^^^^^^
                  = 请联系共享策略的维护者
                """,
                refusal(new PolicyFile("mine.cedar", GOOD, true)));
    }

    @Test
    void theGoodFileIsLoaded() throws PolicyError {
        Policies policies =
                Policies.load(List.of(new PolicyFile("policies/good.cedar", GOOD)), schema());
        assertEquals(1, policies.rules().size());
        assertEquals("policies/good.cedar", policies.rules().getFirst().file());
        assertEquals(1, policies.rules().getFirst().line());
    }

    @Test
    void semicolonsAndSlashesInTextAndCommentsSplitNothing() throws PolicyError {
        Policies policies =
                Policies.load(
                        List.of(
                                new PolicyFile(
                                        "policies/odd.cedar",
                                        "// first; \"not text\n"
                                                + GOOD.replace("look.", "look; // \\\" really.")
                                                + "// last;\r\n"
                                                + GOOD.replace("look\"", "look2\""))),
                        schema());
        assertEquals(List.of(2, 7), policies.rules().stream().map(PolicyRule::line).toList());
    }

    @Test
    void anUnreadableSchemaIsPointedAt() {
        PolicyError error =
                assertThrows(
                        PolicyError.class,
                        () ->
                                ActionSchema.of(
                                        new PolicyFile(
                                                "policies/schema.cedarschema",
                                                "entity Person;\nentity Host = { env: Envv };\n"),
                                        List.of()));
        assertEquals(
                """
                错误：无法读取 schema：failed to resolve type: Envv
                  --> policies/schema.cedarschema:2:22
                  |
                2 | entity Host = { env: Envv };
                  |                      ^^^^
                  = 请改正这一行；在此之前一切操作都不被允许\
                """,
                error.why().zh());
    }
}
