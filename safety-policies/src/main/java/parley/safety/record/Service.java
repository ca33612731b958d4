package parley.safety.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What a recorder does for one connection. The user is the kernel's word; everything else is the
/// other side's, and is judged.
final class Service {
    /// Entries that only the record itself, or its user, makes.
    private static final Set<String> OWN =
            Set.of(
                    Erasure.TYPE,
                    Pruning.TYPE,
                    "content.read",
                    "recorder.session",
                    "recorder.start",
                    "recorder.stop");

    private final LocalLog log;
    private final Owners owners;
    private final Predicate<String> auditors;
    private final Map<Long, String> intents = new ConcurrentHashMap<>();

    Service(LocalLog log, Predicate<String> auditors) {
        this.log = log;
        this.owners = new Owners(AuditReader.of(log.directory()));
        this.auditors = auditors;
    }

    /// One connection.
    private static final class Session {
        private final Set<String> looked = new HashSet<>();
        private final String user;
        private long process = -1;
        private String software = "";
        private boolean announced;

        Session(String user) {
            this.user = user;
        }
    }

    /// Answers until the other side is gone.
    ///
    /// @param user whose process it is
    void serve(SocketChannel channel, String user) throws IOException {
        Session session = new Session(user);
        DataInputStream in =
                new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        while (true) {
            Frame question;
            try {
                question = Frame.read(in);
            } catch (EOFException gone) {
                return;
            }
            answer(session, question).write(out);
        }
    }

    private Frame answer(Session session, Frame question) {
        try {
            return switch (question.json().path("op").asText()) {
                case "hello" -> hello(session, question.json());
                case "about" -> about();
                case "append" -> append(session, question);
                case "checkpoint" -> checkpoint();
                case "intents" -> intents();
                case "content" -> content(session, question.json());
                default -> throw Refusals.of("the recorder does not know that", "记录进程不认识该请求");
            };
        } catch (RecordUnavailable refused) {
            ObjectNode error = Json.mapper().createObjectNode();
            error.putObject("error").put("en", refused.why().en()).put("zh", refused.why().zh());
            return Frame.of(error);
        }
    }

    private static Frame hello(Session session, ObjectNode json) throws RecordUnavailable {
        long process = json.path("pid").asLong(-1);
        try {
            Path path = Path.of("/proc", Long.toString(process));
            if (!Files.getOwner(path).getName().equals(session.user)) {
                throw notYours(process);
            }
        } catch (IOException gone) {
            throw notYours(process);
        }
        session.process = process;
        session.software = json.path("software").asText();
        return Frame.of(Json.mapper().createObjectNode());
    }

    private static RecordUnavailable notYours(long process) {
        return Refusals.of(
                "process " + process + " is not one of yours", "进程 " + process + " 不属于您");
    }

    private Frame about() {
        return Frame.of(
                Json.mapper()
                        .createObjectNode()
                        .put("directory", log.directory().toString())
                        .put("vkey", log.verifierKey()));
    }

    private Frame append(Session session, Frame question) throws RecordUnavailable {
        ObjectNode json = question.json();
        String type = json.path("type").asText();
        String actor = json.path("actor").asText();
        if (session.process < 0 || !(json.path("fields") instanceof ObjectNode fields)) {
            throw Refusals.of("the recorder does not know who asks", "记录进程不知道是谁在请求");
        }
        if (!actor.equals(session.user)) {
            throw Refusals.of(
                    "the entry says that it is of \""
                            + actor
                            + "\", but it comes from "
                            + session.user
                            + ": nobody records in another's name",
                    "条目自称属于“" + actor + "”，但来自 " + session.user + "：任何人都不能以他人名义记录");
        }
        if (type.isEmpty() || type.startsWith("log.") || OWN.contains(type)) {
            throw Refusals.of(
                    "entries of type \"" + type + "\" are the recorder's own",
                    "类型为“" + type + "”的条目只能由记录进程写入");
        }
        Peer peer = new Peer(session.user, session.process);
        if (type.equals("exec.result")) {
            checkOwn(session.user, fields.path("cause").asLong(-1));
        }
        announce(session, peer);
        Receipt receipt =
                log.append(
                        new Entry(
                                type,
                                json.path("outcome").asText(),
                                json.path("run").asText(),
                                actor,
                                fields,
                                question.bodies()),
                        Optional.of(peer));
        if (type.equals("exec.intent")) {
            intents.put(receipt.sequence(), session.user);
        }
        return Frame.of(
                Json.mapper()
                        .createObjectNode()
                        .put("seq", receipt.sequence())
                        .put("type", receipt.type())
                        .put("hash", receipt.hash())
                        .put("digest", receipt.digest()));
    }

    /// How somebody else's command ended is not for this user to say: that it is unknown, or what
    /// was seen of it, is.
    private void checkOwn(String user, long intent) throws RecordUnavailable {
        String owner = intents.remove(intent);
        if (owner == null && intent >= 0) {
            owner =
                    AuditReader.of(log.directory())
                            .at(intent)
                            .filter(entry -> entry.type().equals("exec.intent"))
                            .map(Recorded::actor)
                            .orElse(user);
        }
        if (owner != null && !owner.equals(user)) {
            intents.put(intent, owner);
            throw Refusals.of(
                    "entry " + intent + " is not of " + user + ": nobody records another's result",
                    "条目 " + intent + " 不属于 " + user + "：任何人都不能记录他人操作的结果");
        }
    }

    /// Says once, before the first entry of a connection, which program writes.
    private void announce(Session session, Peer peer) throws RecordUnavailable {
        if (!session.announced) {
            ObjectNode fields = Json.mapper().createObjectNode().put("software", session.software);
            log.append(
                    new Entry("recorder.session", "ok", "", session.user, fields, Map.of()),
                    Optional.of(peer));
            session.announced = true;
        }
    }

    private Frame checkpoint() throws RecordUnavailable {
        log.checkpoint();
        return Frame.of(Json.mapper().createObjectNode());
    }

    private Frame intents() throws RecordUnavailable {
        ObjectNode json = Json.mapper().createObjectNode();
        ArrayNode open = json.putArray("open");
        log.unknowns().forEach(intent -> open.add(intent.sequence()));
        return Frame.of(json);
    }

    /// Reads a content for whose request it is, or for an auditor; that an auditor looked is
    /// recorded first.
    private Frame content(Session session, ObjectNode json) throws RecordUnavailable {
        String run = json.path("run").asText();
        String commitment = json.path("c").asText();
        String file = json.path("e").asText();
        boolean own = owners.owns(session.user, run);
        if (!own && !auditors.test(session.user)) {
            return Frame.of(Json.mapper().createObjectNode().put("is", "locked"));
        }
        if (!AuditReader.isHash(commitment) || !AuditReader.isHash(file)) {
            return Frame.of(Json.mapper().createObjectNode().put("is", "missing"));
        }
        if (!own && session.looked.add(run)) {
            ObjectNode fields = Json.mapper().createObjectNode().put("of", run);
            log.append(
                    new Entry("content.read", "ok", "", session.user, fields, Map.of()),
                    Optional.of(new Peer(session.user, session.process)));
        }
        return switch (log.bodies().read(run, commitment, file)) {
            case Content.Present present ->
                    new Frame(
                            Json.mapper().createObjectNode().put("is", "present"),
                            Map.of("salt", present.salt(), "bytes", present.bytes()));
            case Content.Erased erased ->
                    Frame.of(
                            Json.mapper()
                                    .createObjectNode()
                                    .put("is", "erased")
                                    .put("by", erased.by()));
            case Content.Locked locked ->
                    Frame.of(Json.mapper().createObjectNode().put("is", "locked"));
            case Content.Missing missing ->
                    Frame.of(Json.mapper().createObjectNode().put("is", "missing"));
        };
    }
}
