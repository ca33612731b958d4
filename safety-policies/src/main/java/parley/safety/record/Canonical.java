package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;

import org.erdtman.jcs.JsonCanonicalizer;

import parley.tools.schema.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Canonical JSON (RFC 8785): one form for one value, so that a hash of it means something.
public final class Canonical {
    private Canonical() {}

    /// The canonical bytes of `json`, UTF-8.
    public static byte[] bytes(JsonNode json) {
        try {
            return new JsonCanonicalizer(Json.mapper().writeValueAsBytes(json)).getEncodedUTF8();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// SHA-256 of the canonical bytes, in hex.
    public static String sha256(JsonNode json) {
        return HexFormat.of().formatHex(sha256(bytes(json)));
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
