package parley.console.approvals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.Card;
import parley.safety.gate.SignedAnswer;
import parley.safety.gate.SignedAnswer.Statement;
import parley.safety.gate.Signing;
import parley.safety.gate.Step;
import parley.tools.schema.Json;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A folder in which nobody can put words into another's mouth.
final class ApprovalFolderTest {
    private static final String ME = System.getProperty("user.name");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir Path parent;
    private Path directory;
    private ApprovalFolder folder;

    @BeforeEach
    void make() throws Exception {
        directory = Files.createDirectory(parent.resolve("approvals"));
        Signing.run("chmod", "1777", directory.toString());
        folder = ApprovalFolder.open(directory, ME);
    }

    private static ApprovalRequest request(String id, String requester) {
        ObjectNode step = Json.mapper().createObjectNode().put("tool", "package.remove");
        step.put("host", "web-1").put("address", "10.0.0.11");
        step.putArray("words").add("apt-get").add("remove");
        return new ApprovalRequest(
                id,
                Card.digest(List.of(Step.digest(step)), "p", ""),
                "p",
                requester,
                NOW,
                NOW.plusSeconds(3_600),
                Duration.ofHours(1),
                List.of(step),
                List.of("APPROVAL NEEDED"),
                "remove nginx on web-1",
                "");
    }

    @Test
    void whatWasAskedAndAnsweredIsRead() throws Exception {
        ApprovalRequest mine = request("request-1", ME);
        folder.ask(mine);
        assertEquals(List.of(mine.hash()), folder.requests().stream().map(r -> r.hash()).toList());
        assertEquals(mine.hash(), folder.request("request").orElseThrow().hash());
        Statement says = Statement.to(mine, true, ME, NOW, "");
        folder.answer(says, "signature");
        assertEquals(List.of(new SignedAnswer(says.text(), "signature", ME)), folder.answers(mine));
        assertThrows(
                FileAlreadyExistsException.class, () -> folder.answer(says, "another signature"));
        assertThrows(FileAlreadyExistsException.class, () -> folder.ask(mine));
        try (var files = Files.list(directory)) {
            assertEquals(3, files.count(), "no draft is left");
        }
    }

    @Test
    void aRequestInSomebodyElsesNameIsPassedOver() throws Exception {
        folder.ask(request("request-1", "somebody-else"));
        assertEquals(List.of(), folder.requests());
        Files.writeString(directory.resolve("request-2.request"), "{}");
        Files.write(directory.resolve("request-3.request"), request("request-4", ME).bytes());
        Files.createSymbolicLink(directory.resolve("request-5.request"), Path.of("/etc/hostname"));
        assertEquals(List.of(), folder.requests());
    }

    @Test
    void aFolderThatOthersCouldSwapFilesInIsRefused() throws Exception {
        Signing.run("chmod", "0777", directory.toString());
        assertTrue(refusal(directory, ME).contains("sticky bit"));
        Signing.run("chmod", "1777", directory.toString());
        assertTrue(refusal(directory, "somebody-else").contains("must belong to somebody-else"));
        Path link = Files.createSymbolicLink(parent.resolve("link"), directory);
        assertTrue(refusal(link, ME).contains("is no folder"));
        assertTrue(refusal(parent.resolve("missing"), ME).contains("is no folder"));
    }

    private static String refusal(Path directory, String keeper) {
        return assertThrows(UnusableFolder.class, () -> ApprovalFolder.open(directory, keeper))
                .why()
                .en();
    }

    @Test
    void ofThirtyTwoThreadsOneTakesTheGrant() throws Exception {
        ApprovalRequest mine = request("request-1", ME);
        assertFalse(folder.isUsed(mine));
        List<Callable<Boolean>> takes = new ArrayList<>();
        for (int index = 0; index < 32; index++) {
            takes.add(() -> folder.take(mine));
        }
        int taken = 0;
        try (var pool = Executors.newFixedThreadPool(32)) {
            for (Future<Boolean> one : pool.invokeAll(takes)) {
                taken += one.get() ? 1 : 0;
            }
        }
        assertEquals(1, taken);
        assertTrue(folder.isUsed(mine));
    }

    @Test
    void filesAreReadableForAllAndWritableForTheirOwner() throws Exception {
        folder.ask(request("request-1", ME));
        assertEquals(
                "rw-r--r--",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("request-1.request"))));
    }
}
