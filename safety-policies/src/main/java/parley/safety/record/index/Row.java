package parley.safety.record.index;

import parley.safety.record.AuditReader;
import parley.safety.record.EntryFiles;
import parley.safety.record.Recorded;

import java.time.Instant;
import java.util.StringJoiner;

/// An entry as the index keeps it.
///
/// @param words its tokens
/// @param locked whether some of its contents could not be read
/// @param facets operator, host, tool, verdict, type, outcome and run, one token each
record Row(
        long sequence,
        EntryFiles.Place place,
        long micros,
        String words,
        String facets,
        boolean cut,
        boolean locked,
        boolean erases) {
    static Row of(EntryFiles.Line line, Recorded entry, AuditReader reader) {
        EntryText text = EntryText.of(entry, reader);
        StringJoiner facets = new StringJoiner(" ");
        facet(facets, 'a', entry.actor());
        facet(facets, 'h', entry.header().path("host").asText());
        facet(facets, 't', entry.header().path("tool").asText());
        facet(facets, 'v', entry.header().path("verdict").asText());
        facet(facets, 'y', entry.type());
        facet(facets, 'o', entry.outcome());
        facet(facets, 'r', entry.run());
        boolean erases = entry.type().startsWith("erase") || entry.type().startsWith("retention.");
        return new Row(
                line.sequence(),
                line.place(),
                micros(entry.time()),
                Tokens.of(text.text()),
                facets.toString(),
                text.cut(),
                text.locked(),
                erases);
    }

    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    private static void facet(StringJoiner facets, char kind, String value) {
        if (!value.isEmpty()) {
            facets.add(facet(kind, value));
        }
    }

    /// One token for a value: what would part it is moved out of ASCII.
    static String facet(char kind, String value) {
        StringBuilder token = new StringBuilder(value.length() + 1).append(kind);
        for (int index = 0; index < value.length(); index++) {
            char one = value.charAt(index);
            boolean plain = one >= 0x80 || Character.isLetterOrDigit(one);
            token.append(plain ? one : (char) (0x2500 + one));
        }
        return token.toString();
    }
}
