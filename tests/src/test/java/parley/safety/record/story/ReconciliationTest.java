package parley.safety.record.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.AuditLog;
import parley.safety.record.AuditReader;
import parley.safety.record.Entry;
import parley.safety.record.Receipt;
import parley.safety.record.Recorded;
import parley.tools.schema.Json;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The record against a host's journal, in both directions.
class ReconciliationTest {
    private static final String RESTART =
            "     ops : PWD=/home/ops ; USER=root ; COMMAND=/usr/bin/systemctl restart --"
                    + " nginx.service";

    @TempDir Path folder;

    private List<Recorded> own(String... commands) throws Exception {
        Path record = folder.resolve("record");
        try (AuditLog log = AuditLog.open(record, "parley 0.1.0")) {
            for (String command : commands) {
                ObjectNode step = Json.mapper().createObjectNode().put("host", "web-1");
                List.of(command.split(" ")).forEach(step.putArray("argv")::add);
                Receipt intent =
                        log.append(new Entry("exec.intent", "", "r1", "alice", step, Map.of()));
                log.append(
                        new Entry(
                                "exec.result",
                                "ok",
                                "r1",
                                "alice",
                                step.deepCopy().put("cause", intent.sequence()).put("exit", 0),
                                Map.of()));
            }
        }
        try (Stream<Recorded> entries = AuditReader.of(record).entries()) {
            return entries.filter(entry -> entry.header().has("host")).toList();
        }
    }

    private static HostAction at(Instant time, String message) {
        return HostAction.of(time, message).orElseThrow();
    }

    private static Reconciliation compare(List<Recorded> own, HostAction... seen) {
        return Reconciliation.of(own, List.of(seen), true, Duration.ofSeconds(60));
    }

    private static HostAction login(Instant time) {
        return at(
                time, "Accepted publickey for ops from 10.0.0.1 port 60568 ssh2: ED25519 SHA256:x");
    }

    @Test
    void whatIsOnBothSidesIsFoundByItsExactWords() throws Exception {
        List<Recorded> own = own("timeout 30 sudo -n -- systemctl restart -- nginx.service");
        Instant now = own.getFirst().time();
        Reconciliation same = compare(own, login(now.minusSeconds(1)), at(now, RESTART));
        assertEquals(new Reconciliation(2, List.of(), List.of()), same);
    }

    @Test
    void whatSomebodyElseDidThereIsNotInTheRecord() throws Exception {
        List<Recorded> own = own("timeout 30 sudo -n -- systemctl restart -- nginx.service");
        Instant now = own.getFirst().time();
        HostAction other = at(now, RESTART.replace("nginx", "cups"));
        HostAction later = at(now.plusSeconds(3600), RESTART);
        HostAction person = login(now.plusSeconds(20));
        Reconciliation found = compare(own, login(now), at(now, RESTART), other, later, person);
        assertEquals(2, found.matched());
        assertEquals(List.of(other, later, person), found.unrecorded());
        assertEquals(List.of(), found.unseen());
    }

    @Test
    void theSameCommandTwiceThereAndOnceHereLeavesOne() throws Exception {
        List<Recorded> own = own("timeout 30 sudo -n -- systemctl restart -- nginx.service");
        Instant now = own.getFirst().time();
        Reconciliation found =
                compare(own, login(now), at(now, RESTART), at(now.plusSeconds(5), RESTART));
        assertEquals(1, found.unrecorded().size());
    }

    @Test
    void whatTheJournalDoesNotShowIsNamed() throws Exception {
        List<Recorded> own =
                own("timeout 30 sudo -n -- systemctl restart -- nginx.service", "timeout 5 df -P");
        Reconciliation found = compare(own);
        assertEquals(0, found.matched());
        assertEquals(2, found.unseen().size(), "the command, and the login before it");
    }

    @Test
    void messagesOfSudoAndSshdAreRead() {
        Instant now = Instant.now();
        assertEquals(
                new HostAction(HostAction.Kind.SUDO, now, "bob", "/usr/bin/vi /etc/sudoers", false),
                at(
                        now,
                        "bob : command not allowed ; TTY=pts/0 ; PWD=/home/bob ; USER=root ;"
                                + " COMMAND=/usr/bin/vi /etc/sudoers"));
        assertEquals(
                Optional.of("--and more"),
                HostAction.continued("     ops : (command continued) --and more"));
        List<String> others =
                List.of(
                        "pam_unix(sudo:session): session opened for user root(uid=0) by (uid=1000)",
                        "Server listening on 0.0.0.0 port 22.",
                        "Failed password for root from 10.0.0.9 port 22 ssh2",
                        "");
        List<HostAction> read = new ArrayList<>();
        others.forEach(message -> HostAction.of(now, message).ifPresent(read::add));
        assertEquals(List.of(), read);
    }
}
