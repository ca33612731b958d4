package parley.safety.redact;

/// A secret that was taken out of a text.
///
/// @param rule what it was: the id of a rule of `redaction/rules.yaml`
/// @param offset where its replacement begins in the redacted text, in UTF-16 units
/// @param length how long the secret was, in UTF-16 units
/// @param commitment HMAC-SHA256 of it under the key of the record, in hex: equal secrets have
///   equal commitments, and nobody can guess a secret from one without the key
public record Redaction(String rule, int offset, int length, String commitment) {}
