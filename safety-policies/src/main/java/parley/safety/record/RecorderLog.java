package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.redact.Redactor;
import parley.tools.schema.Json;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The record of a recorder: this process can add to it, and neither change nor sign anything.
final class RecorderLog extends AuditLog {
    private static final int KEY_BYTES = 32;

    private final RecorderLine line;
    private final Path directory;
    private final String verifierKey;
    private final Redactor redactor;

    private RecorderLog(RecorderLine line, Path directory, String verifierKey) {
        this.line = line;
        this.directory = directory;
        this.verifierKey = verifierKey;
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        // Takes out the same words; the commitments that are recorded are the recorder's.
        this.redactor = new Redactor(key);
    }

    static RecorderLog speakingTo(Path socket, String software) throws RecordUnavailable {
        RecorderLine line = new RecorderLine(socket, requireNonNull(software, "software is null"));
        ObjectNode about = line.ask(Frame.of(op("about"))).json();
        return new RecorderLog(
                line, Path.of(about.path("directory").asText()), about.path("vkey").asText());
    }

    private static ObjectNode op(String name) {
        return Json.mapper().createObjectNode().put("op", name);
    }

    @Override
    public Receipt append(Entry given) throws RecordUnavailable {
        ObjectNode json = op("append").put("type", given.type()).put("outcome", given.outcome());
        json.put("run", given.run()).put("actor", given.actor()).set("fields", given.fields());
        JsonNode receipt = line.ask(new Frame(json, given.bodies())).json();
        return new Receipt(
                receipt.path("seq").asLong(),
                receipt.path("type").asText(),
                receipt.path("hash").asText(),
                receipt.path("digest").asText());
    }

    @Override
    public void checkpoint() throws RecordUnavailable {
        line.ask(Frame.of(op("checkpoint")));
    }

    @Override
    public List<Recorded> unknowns() throws RecordUnavailable {
        NavigableSet<Long> open = new TreeSet<>();
        JsonNode numbers = line.ask(Frame.of(op("intents"))).json().path("open");
        numbers.forEach(number -> open.add(number.asLong()));
        return Abandoned.of(AuditReader.of(directory), open);
    }

    @Override
    public void checkKeeper() throws RecordUnavailable {
        throw notHere();
    }

    @Override
    public long erase(Erasure erasure) throws RecordUnavailable {
        throw notHere();
    }

    @Override
    public Pruning.Pruned prune(Pruning pruning) throws RecordUnavailable {
        throw notHere();
    }

    private RecordUnavailable notHere() {
        return Refusals.of(
                "the record belongs to a recorder: only its user may erase or prune"
                        + " (sudo -u USER parley audit …, where USER owns "
                        + directory
                        + ")",
                "审计记录由记录进程保管：只有其用户可以清除或清理（sudo -u 用户 parley audit …，用户为 " + directory + " 的所有者）");
    }

    @Override
    public Redactor redactor() {
        return redactor;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public String verifierKey() {
        return verifierKey;
    }

    @Override
    public void close() {
        line.close();
    }
}
