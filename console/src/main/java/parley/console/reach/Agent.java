package parley.console.reach;

import net.schmizz.sshj.common.Buffer;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The ssh-agent behind a Unix socket: it holds private keys and signs with them.
record Agent(Path socket) {
    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte IDENTITIES = 12;
    private static final byte SIGN_REQUEST = 13;
    private static final byte SIGNED = 14;
    private static final int RSA_SHA2_512 = 4;
    private static final int MOST_BYTES = 256 * 1024;

    /// A key that the agent holds.
    ///
    /// @param base64 its public part, as `.pub` files write it
    record Key(String base64, String comment) {
        byte[] blob() {
            return Base64.getDecoder().decode(base64);
        }

        String type() throws IOException {
            return new Buffer.PlainBuffer(blob()).readString();
        }

        /// The signature algorithm to name: never one with SHA-1.
        String algorithm() throws IOException {
            String type = type();
            return switch (type) {
                case "ssh-rsa" -> "rsa-sha2-512";
                case "ssh-rsa-cert-v01@openssh.com" -> "rsa-sha2-512-cert-v01@openssh.com";
                default -> type;
            };
        }
    }

    List<Key> keys() throws IOException {
        Buffer.PlainBuffer answer =
                ask(new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES), IDENTITIES);
        int count = answer.readUInt32AsInt();
        List<Key> keys = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            String base64 = Base64.getEncoder().encodeToString(answer.readBytes());
            keys.add(new Key(base64, answer.readString()));
        }
        return keys;
    }

    /// The signature over `data`, with its algorithm's name before it as SSH wants it.
    byte[] sign(Key key, byte[] data) throws IOException {
        Buffer.PlainBuffer request =
                new Buffer.PlainBuffer()
                        .putByte(SIGN_REQUEST)
                        .putBytes(key.blob())
                        .putBytes(data)
                        .putUInt32(key.algorithm().startsWith("rsa-") ? RSA_SHA2_512 : 0);
        return ask(request, SIGNED).readBytes();
    }

    private Buffer.PlainBuffer ask(Buffer.PlainBuffer request, byte expected) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer out = ByteBuffer.wrap(framed(request.getCompactData()));
            while (out.hasRemaining()) {
                channel.write(out);
            }
            int length = read(channel, 4).getInt();
            if (length < 1 || length > MOST_BYTES) {
                throw new IOException("the agent's answer has " + length + " bytes");
            }
            Buffer.PlainBuffer answer = new Buffer.PlainBuffer(read(channel, length).array());
            if (answer.readByte() != expected) {
                throw new IOException("the agent refused");
            }
            return answer;
        }
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException("the agent hung up");
            }
        }
        return buffer.flip();
    }
}
