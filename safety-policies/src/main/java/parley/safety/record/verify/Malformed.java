package parley.safety.record.verify;

import parley.tools.Bilingual;

/// Bytes that are not in the one form the record is written in.
final class Malformed extends Exception {
    private final transient Bilingual why;

    Malformed(String en, String zh) {
        super(en, null, false, false);
        this.why = Bilingual.of(en, zh);
    }

    Bilingual why() {
        return why;
    }
}
