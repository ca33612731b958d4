package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A recorder and operators, each a real process under a real user of its own.
final class RecorderTest {
    private static final String ALICE = Integer.toString(Users.ALICE);
    private static final String BOB = Integer.toString(Users.BOB);

    @TempDir Path temporary;

    private Users users;
    private Path folder = Path.of("");
    private Path socket = Path.of("");
    private Process recorder;
    private int outputs;

    @BeforeEach
    void aRecorder() throws Exception {
        Users.needed();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        users = new Users(temporary);
        Path state = own(Files.createDirectory(temporary.resolve("state")));
        Path run = own(Files.createDirectory(temporary.resolve("run")));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder = state.resolve("record");
        socket = run.resolve("recorder.sock");
        recorder = started();
    }

    @AfterEach
    void end() throws Exception {
        if (recorder != null) {
            recorder.destroyForcibly().waitFor();
        }
    }

    private static Path own(Path path) throws Exception {
        Files.setAttribute(path, "unix:uid", Users.RECORDER);
        Files.setAttribute(path, "unix:gid", Users.OPERATORS);
        return path;
    }

    private Process started() throws Exception {
        Path output = temporary.resolve("recorder" + outputs++);
        Process process =
                Children.start(
                        users.java(
                                Users.as(Users.RECORDER, Users.OPERATORS),
                                Recording.class,
                                folder.toString(),
                                socket.toString(),
                                BOB),
                        output);
        Children.awaitLines(output, 1);
        assertTrue(Files.readString(output).startsWith("recording into"), Files.readString(output));
        return process;
    }

    private List<String> operating(int user, String... arguments) throws Exception {
        return Children.run(
                users.java(
                        Users.as(user, user, Users.OPERATORS),
                        Operating.class,
                        Stream.concat(
                                        Stream.of(arguments[0], socket.toString()),
                                        Stream.of(arguments).skip(1))
                                .toArray(String[]::new)),
                temporary.resolve("operating" + outputs++));
    }

    private static List<String> said(List<String> lines, String what) {
        return lines.stream()
                .filter(line -> line.startsWith(what + "="))
                .map(line -> line.substring(what.length() + 1))
                .toList();
    }

    @Test
    void whatIsAppendedStandsUnderTheNameThatTheKernelSays() throws Exception {
        List<String> lines = operating(Users.ALICE, "append", ALICE, "3");
        assertEquals(3, said(lines, "acknowledged").size(), lines::toString);
        assertEquals(List.of("0"), said(lines, "unknowns"), "it still ran");
        String pid = said(lines, "pid").getFirst();
        for (String sequence : said(lines, "acknowledged")) {
            Recorded entry = AuditReader.of(folder).at(Long.parseLong(sequence)).orElseThrow();
            assertEquals(ALICE, entry.actor());
            assertEquals(ALICE, entry.header().path("peer").asText());
            assertEquals(pid, entry.header().path("pid").asText());
        }
        assertEquals(List.of(), Records.verify(folder).problems());
        List<String> types = Records.all(folder).stream().map(Recorded::type).toList();
        assertTrue(types.contains("recorder.session"), types::toString);
        // Its process is gone, and nobody knows what became of the three.
        assertEquals(List.of("3"), said(operating(Users.BOB, "append", BOB, "1"), "unknowns"));
    }

    /// Whatever an operator's own process can try with files and signals.
    @Test
    void anOperatorCanReadEntriesAndChangeNothing() throws Exception {
        operating(Users.ALICE, "append", ALICE, "5");
        List<Path> files = Records.files(folder);
        assertTrue(files.size() > 8, files::toString);
        List<String> attempts = new ArrayList<>();
        for (Path file : files) {
            for (String attempt :
                    List.of(
                            "echo x >> %s",
                            ": > %s",
                            "truncate -s 1 %s",
                            "rm -f %s",
                            "mv %s %s.old",
                            "ln %s /tmp/parley-link",
                            "chmod 666 %s",
                            "chown $(id -u) %s",
                            "sed -i s/a/b/ %s",
                            "dd if=/dev/zero of=%s bs=1 count=1 conv=notrunc")) {
                attempts.add(attempt.replace("%s", file.toString()));
            }
        }
        for (String name : List.of("", "seg", "body", "keys", "keys/run")) {
            Path path = folder.resolve(name);
            attempts.add("rm -rf " + path);
            attempts.add("mv " + path + " " + path + ".old");
            attempts.add("touch " + path + "/00000000000099.jsonl");
            attempts.add("chmod 777 " + path);
        }
        attempts.add("rm -f " + socket);
        attempts.add("mv " + socket + " " + socket + ".old");
        attempts.add("kill -9 " + recorder.pid());
        attempts.add("kill -STOP " + recorder.pid());
        attempts.add("cat " + folder + "/keys/signing.pem");
        attempts.add("cat " + folder + "/keys/wrapping.key");
        attempts.add("ls " + folder + "/keys/run");
        attempts.add("cat /proc/" + recorder.pid() + "/mem");
        attempts.add("ls /proc/" + recorder.pid() + "/fd");
        attempts.add("setpriv --reuid=" + Users.RECORDER + " true");
        List<String> before = state();
        List<String> words = new ArrayList<>(Users.as(Users.ALICE, Users.ALICE, Users.OPERATORS));
        StringBuilder script = new StringBuilder();
        attempts.forEach(
                one -> script.append("( " + one + " ) && echo \"SUCCEEDED " + one + "\"\n"));
        words.addAll(List.of("sh", "-c", script.toString()));
        List<String> printed = Children.run(words, temporary.resolve("attempts"));
        assertEquals(
                List.of(),
                printed.stream()
                        .filter(line -> line.startsWith("SUCCEEDED"))
                        // Forced removal of what is not to be seen says nothing; it is compared.
                        .filter(line -> !line.startsWith("SUCCEEDED rm -"))
                        .toList());
        assertEquals(before, state(), "after " + attempts.size() + " attempts");
        assertTrue(recorder.isAlive());
        assertEquals(
                List.of("0"), said(operating(Users.ALICE, "verify", folder.toString()), "exit"));
        System.out.println(attempts.size() + " attempts on " + files.size() + " files");
    }

    private List<String> state() throws Exception {
        List<String> state = new ArrayList<>();
        try (Stream<Path> walked = Files.walk(folder)) {
            for (Path path : walked.sorted().toList()) {
                state.add(
                        path
                                + " "
                                + Files.getPosixFilePermissions(path)
                                + " "
                                + Files.getAttribute(path, "unix:uid")
                                + " "
                                + (Files.isRegularFile(path) ? sha256(path) : ""));
            }
        }
        return state;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(Canonical.sha256(Files.readAllBytes(file)));
    }

    @Test
    void anotherNameOrTheRecordsOwnTypesAreRefused() throws Exception {
        List<String> lines = operating(Users.ALICE, "forge", ALICE);
        assertEquals(List.of(), said(lines, "accepted"));
        assertEquals(8, said(lines, "refused").size(), lines::toString);
        assertTrue(
                said(lines, "refused").getFirst().contains("in another's name"), lines::toString);
        assertEquals(2, Records.verify(folder).records(), "only log.open and recorder.start");
    }

    @Test
    void nobodySaysHowAnothersCommandEnded() throws Exception {
        List<String> lines = operating(Users.ALICE, "append", ALICE, "1");
        String intent = said(lines, "acknowledged").getFirst();
        List<String> others = operating(Users.BOB, "result", BOB, intent);
        assertTrue(said(others, "refused").getFirst().contains("another's"), others::toString);
        assertEquals(List.of("1"), said(operating(Users.BOB, "append", BOB, "1"), "unknowns"));
        recorder.destroyForcibly().waitFor();
        recorder = started();
        others = operating(Users.BOB, "result", BOB, intent);
        assertEquals(1, said(others, "refused").size(), "a new recorder knows it, too");
        List<String> own = operating(Users.ALICE, "result", ALICE, intent);
        assertEquals(1, said(own, "accepted").size(), own::toString);
    }

    @Test
    void noUserKeepsTheOthersOut() throws Exception {
        Path output = temporary.resolve("crowd");
        Process crowd =
                Children.start(
                        users.java(
                                Users.as(Users.BOB, Users.BOB, Users.OPERATORS),
                                Operating.class,
                                "crowd",
                                socket.toString(),
                                "300"),
                        output);
        Children.awaitLines(output, 1);
        assertEquals(2, said(operating(Users.ALICE, "append", ALICE, "2"), "acknowledged").size());
        crowd.destroyForcibly().waitFor();
    }

    @Test
    void nonsenseOnTheSocketHarmsNobody() throws Exception {
        List<String> lines = operating(Users.ALICE, "garbage");
        assertEquals(13, lines.stream().filter(l -> l.matches("(?s)(answered|cut)=.*")).count());
        assertFalse(lines.toString().contains("\"seq\""), lines::toString);
        assertEquals(2, said(operating(Users.ALICE, "append", ALICE, "2"), "acknowledged").size());
        assertEquals(List.of(), Records.verify(folder).problems());
    }

    @Test
    void contentsAreForWhoseRequestItIsAndForAuditorsWhoseLookingIsRecorded() throws Exception {
        List<String> lines = operating(Users.ALICE, "append", ALICE, "1");
        String sequence = said(lines, "acknowledged").getFirst();
        String record = folder.toString();
        assertEquals(
                List.of("content=a secret plan"), operating(Users.ALICE, "read", record, sequence));
        assertEquals(
                List.of("content=Locked"), operating(Users.STRANGER, "read", record, sequence));
        // Adding to another's request does not make it one's own.
        operating(Users.STRANGER, "append", Integer.toString(Users.STRANGER), "1");
        assertEquals(
                List.of("content=Locked"), operating(Users.STRANGER, "read", record, sequence));
        long before = Records.verify(folder).records();
        assertEquals(
                List.of("content=a secret plan"), operating(Users.BOB, "read", record, sequence));
        Recorded looked = AuditReader.of(folder).at(before).orElseThrow();
        assertEquals("content.read", looked.type());
        assertEquals(BOB, looked.actor());
        assertEquals("r" + ALICE, looked.header().path("of").asText());
    }

    @Test
    void whoIsNotOfTheGroupIsNotHeard() throws Exception {
        Process stranger =
                Children.start(
                        users.java(
                                Users.as(Users.STRANGER, Users.STRANGER),
                                Operating.class,
                                "append",
                                socket.toString(),
                                Integer.toString(Users.STRANGER),
                                "1"),
                        temporary.resolve("stranger"));
        assertTrue(stranger.waitFor(60, TimeUnit.SECONDS));
        String said = Files.readString(temporary.resolve("stranger"));
        assertTrue(said.contains("the recorder does not answer"), said);
        assertEquals(2, Records.verify(folder).records(), "only log.open and recorder.start");
    }

    @Test
    void whileTheRecorderIsAwayNothingIsAcknowledgedAndAfterwardsItGoesOn() throws Exception {
        Path output = temporary.resolve("long");
        Process operator =
                Children.start(
                        users.java(
                                Users.as(Users.ALICE, Users.ALICE, Users.OPERATORS),
                                Operating.class,
                                "append",
                                socket.toString(),
                                ALICE,
                                "0"),
                        output);
        Children.awaitLines(output, 20);
        recorder.destroyForcibly().waitFor();
        await(output, "refused=the recorder does not answer");
        recorder = started();
        int acknowledged = said(Files.readAllLines(output), "acknowledged").size();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (said(Files.readAllLines(output), "acknowledged").size() < acknowledged + 5) {
            assertTrue(System.nanoTime() < deadline, "it never went on");
            TimeUnit.MILLISECONDS.sleep(20);
        }
        operator.destroyForcibly().waitFor();
        recorder.destroy();
        assertTrue(recorder.waitFor(20, TimeUnit.SECONDS));
        List<Recorded> kept = Records.all(folder);
        for (String sequence : said(complete(output), "acknowledged")) {
            assertEquals("exec.intent", kept.get(Integer.parseInt(sequence)).type());
        }
        assertEquals(
                List.of(),
                Records.verify(folder).problems().stream()
                        .filter(problem ->
                                problem.kind()
                                        != parley.safety.record.verify.Verification.Kind.UNCOVERED)
                        .toList());
    }

    private static List<String> complete(Path output) throws Exception {
        String text = Files.readString(output);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static void await(Path output, String wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.readString(output).contains(wanted)) {
            assertTrue(System.nanoTime() < deadline, () -> "never said: " + wanted);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
