package parley.safety.redact;

import com.google.re2j.Matcher;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Finds secrets in texts and puts a mark in the place of each: `[redacted github-token 1f3a90bc]`.
///
/// The mark names the rule and the beginning of a keyed commitment, so that a reader sees that two
/// places held the same secret, and never which. Only forms that `redaction/rules.yaml` describes
/// are found; a password that looks like an ordinary word in an ordinary sentence is not.
public final class Redactor {
    /// A text that takes longer is hostile: what was not looked at by then is withheld.
    static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    static final String WITHHELD = "[withheld: not searched for secrets in time]";
    private static final int SHOWN_OF_COMMITMENT = 8;

    private final List<Rule> rules = Rules.shipped();
    private final SecretKeySpec key;

    /// @param key at least 16 bytes, kept with the record
    public Redactor(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a redaction key has at least 16 bytes");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /// A place in the text that a rule found.
    private record Place(Rule rule, int from, int to) {}

    /// `text` with a mark in the place of each secret.
    public Redacted redact(String text) {
        Windows windows = new Windows(text);
        List<Place> places = new ArrayList<>();
        long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
        for (Rule rule : rules) {
            for (Windows.Window window : windows.of(rule)) {
                if (System.nanoTime() > deadline) {
                    return new Redacted(WITHHELD, List.of(), false);
                }
                find(rule, text, window, places);
            }
        }
        return places.isEmpty() ? Redacted.unchanged(text) : replaced(text, places);
    }

    /// What a secret's commitment is, so that somebody who knows the secret can ask where it was.
    public String commitment(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void find(Rule rule, String text, Windows.Window window, List<Place> places) {
        Matcher matcher = rule.pattern().matcher(text.substring(window.from(), window.to()));
        while (matcher.find()) {
            int group = secret(matcher);
            if (rule.check().proves(matcher.group(group))) {
                places.add(
                        new Place(
                                rule,
                                window.from() + matcher.start(group),
                                window.from() + matcher.end(group)));
            }
        }
    }

    /// The group that holds the secret: the first that matched, else all of it.
    private static int secret(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.start(group) >= 0) {
                return group;
            }
        }
        return 0;
    }

    private Redacted replaced(String text, List<Place> places) {
        places.sort(
                Comparator.comparingInt(Place::from)
                        .thenComparing(Comparator.comparingInt(Place::to).reversed()));
        StringBuilder out = new StringBuilder(text.length());
        List<Redaction> redactions = new ArrayList<>();
        int copied = 0;
        for (int index = 0; index < places.size(); ) {
            Place place = places.get(index);
            int end = place.to();
            // Whatever overlaps it goes with it: a longer secret may begin within.
            while (++index < places.size() && places.get(index).from() < end) {
                end = Math.max(end, places.get(index).to());
            }
            out.append(text, copied, place.from());
            String commitment = commitment(text.substring(place.from(), end));
            redactions.add(
                    new Redaction(place.rule().id(), out.length(), end - place.from(), commitment));
            out.append(mark(place.rule(), commitment));
            copied = end;
        }
        out.append(text, copied, text.length());
        return new Redacted(out.toString(), redactions, true);
    }

    private static String mark(Rule rule, String commitment) {
        return String.format(
                Locale.ROOT,
                "[redacted %s %s]",
                rule.id(),
                commitment.substring(0, SHOWN_OF_COMMITMENT));
    }
}
