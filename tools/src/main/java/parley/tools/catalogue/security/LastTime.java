package parley.tools.catalogue.security;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The beginning of a login as `last -F` prints it: `Sat Nov 21 20:11:49 2026`. It is in the host's
/// own zone, which it does not name; read as UTC it is right to half a day, enough to tell whether
/// an address was seen on an earlier day.
final class LastTime {
    private static final Pattern TIME =
            Pattern.compile("\\w{3} (\\w{3})\\s+(\\d{1,2}) (\\d{2}:\\d{2}:\\d{2}) (\\d{4})");
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ENGLISH);

    private LastTime() {}

    /// Of the first moment in `text`; empty when there is none.
    static Optional<Instant> of(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.find()) {
            return Optional.empty();
        }
        String words =
                time.group(1) + " " + time.group(2) + " " + time.group(3) + " " + time.group(4);
        try {
            return Optional.of(LocalDateTime.parse(words, FORM).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noMoment) {
            return Optional.empty();
        }
    }
}
