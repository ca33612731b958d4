package parley.safety.record;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What an operator's process does with a recorder; prints what came of it.
final class Operating {
    private static final byte[] OUTPUT = "a secret plan\n".getBytes(StandardCharsets.UTF_8);

    private Operating() {}

    /// @param arguments what to do, the socket, and what that takes
    public static void main(String[] arguments) throws Exception {
        Path socket = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "append" -> append(socket, arguments[2], Integer.parseInt(arguments[3]));
            case "forge" -> forge(socket, arguments[2]);
            case "result" -> result(socket, arguments[2], Long.parseLong(arguments[3]));
            case "crowd" -> crowd(socket, Integer.parseInt(arguments[2]));
            case "garbage" -> garbage(socket);
            case "read" -> read(Path.of(arguments[2]), Long.parseLong(arguments[3]));
            case "verify" -> say("exit", Records.verify(Path.of(arguments[2])).exitCode());
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + "=" + value);
        System.out.flush();
    }

    private static Entry entry(String type, String run, String actor) {
        Entry plain = Entry.of(type, run, actor);
        return new Entry(
                type, "ok", run, actor, plain.fields().put("text", run), Map.of("stdout", OUTPUT));
    }

    /// Appends until there are `most` (0: no end); goes on when it is refused.
    private static void append(Path socket, String actor, int most) throws Exception {
        try (AuditLog log = AuditLog.connect(socket, "operating")) {
            say("vkey", log.verifierKey());
            for (int count = 0; most == 0 || count < most; count++) {
                try {
                    Receipt receipt = log.append(entry("exec.intent", "r" + actor, actor));
                    say("acknowledged", receipt.sequence());
                    log.checkpoint();
                } catch (RecordUnavailable refused) {
                    say("refused", refused.why().en());
                }
            }
            say("unknowns", log.unknowns().size());
            say("pid", ProcessHandle.current().pid());
        }
    }

    private static void forge(Path socket, String actor) throws Exception {
        try (AuditLog log = AuditLog.connect(socket, "operating")) {
            for (Entry forged :
                    new Entry[] {
                        entry("request", "r", "somebody-else"),
                        entry("log.rotate", "r", actor),
                        entry("log.open", "r", "parley"),
                        entry("erase", "r", actor),
                        entry("retention.prune", "r", actor),
                        entry("recorder.session", "r", actor),
                        entry("", "r", actor)
                    }) {
                try {
                    say("accepted", log.append(forged).sequence());
                } catch (RecordUnavailable refused) {
                    say("refused", refused.why().en());
                }
            }
            try {
                say("accepted", log.erase(new Erasure("r", actor, "why")));
            } catch (RecordUnavailable refused) {
                say("refused", refused.why().en());
            }
        }
    }

    /// Says how the command of entry `intent` ended.
    private static void result(Path socket, String actor, long intent) throws Exception {
        try (AuditLog log = AuditLog.connect(socket, "operating")) {
            Entry result = Entry.of("exec.result", "r", actor);
            result.fields().put("cause", intent);
            say("accepted", log.append(result).sequence());
        } catch (RecordUnavailable refused) {
            say("refused", refused.why().en());
        }
    }

    /// Opens many connections and keeps them until the input ends.
    private static void crowd(Path socket, int many) throws Exception {
        List<SocketChannel> open = new ArrayList<>();
        for (int count = 0; count < many; count++) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            open.add(channel);
        }
        say("open", open.size());
        System.in.read();
    }

    /// Speaks to the socket without its manners.
    private static void garbage(Path socket) throws Exception {
        byte[][] all = {
            {},
            {0, 0, 0, 2, '{'},
            {0, 0, 0, 2, '{', '}'},
            {127, -1, -1, -1, 1},
            {-1, -1, -1, -1},
            "\0\0\0\u0002[]".getBytes(StandardCharsets.ISO_8859_1),
            framed("{\"op\":\"append\"}"),
            framed("{\"op\":\"append\",\"type\":\"request\",\"actor\":\"60002\",\"fields\":{}}"),
            framed("{\"op\":\"hello\",\"pid\":1,\"software\":\"x\"}"),
            framed("{\"op\":\"append\",\"sizes\":{\"a\":2147483647}}"),
            framed("{\"op\":\"append\",\"sizes\":{\"a\":-5}}"),
            framed("{\"op\":\"content\",\"run\":\"\",\"c\":\"../../keys\",\"e\":\"../../keys\"}"),
            framed("{\"op\":\"stop\"}"),
        };
        for (byte[] bytes : all) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
                out.write(bytes);
                out.flush();
                channel.shutdownOutput();
                DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
                say("answered", new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
            } catch (IOException cut) {
                say("cut", cut);
            }
        }
    }

    private static byte[] framed(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        byte[] framed = new byte[bytes.length + 4];
        framed[3] = (byte) bytes.length;
        System.arraycopy(bytes, 0, framed, 4, bytes.length);
        return framed;
    }

    private static void read(Path folder, long sequence) throws Exception {
        AuditReader reader = AuditReader.of(folder);
        Content content = reader.content(reader.at(sequence).orElseThrow(), "stdout");
        say(
                "content",
                content instanceof Content.Present present
                        ? new String(present.bytes(), StandardCharsets.UTF_8).strip()
                        : content.getClass().getSimpleName());
    }
}
