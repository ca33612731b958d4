package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Compares what a host wrote down of what it was asked with what stands in the record.
final class Witness {
    /// A step as it arrives: a line that tells the process id, then the step's own words.
    private static final Pattern STEP =
            Pattern.compile("m='parley-[0-9a-f]+'; printf .* >&2; exec (.*) </dev/null");

    /// What Parley sends beside steps: who it is there, which path a program has, the end of a
    /// cancelled command. Anything else is a finding.
    private static final Pattern PLUMBING =
            Pattern.compile(
                    "case 'a b' in a\\*\\) command -v timeout .*|for d in /usr/sbin /usr/bin /sbin"
                        + " /bin; do if \\[ -x \"\\$d/\"'[^']*' \\]; then echo \"\\$d/\"'[^']*';"
                        + " break; fi; done </dev/null|p=[0-9]+; kill -TERM .*");

    private Witness() {}

    /// Asserts that `asked` by the host and recorded in `record` are the same steps.
    ///
    /// @return how many steps there were
    static int compare(Path record, String host, List<String> asked) {
        List<String> seen = new ArrayList<>();
        for (String line : asked) {
            Matcher step = STEP.matcher(line);
            if (step.matches()) {
                seen.add(words(step.group(1)).toString());
            } else {
                assertTrue(
                        PLUMBING.matcher(line).matches(),
                        () -> host + " was asked something that is no step: " + line);
            }
        }
        List<String> recorded = new ArrayList<>();
        Set<Long> continuing = new HashSet<>();
        try (Stream<Recorded> entries = AuditReader.of(record).entries()) {
            entries.filter(entry -> reached(entry, continuing) && host.equals(text(entry, "host")))
                    .forEach(entry -> {
                        List<String> argv = new ArrayList<>();
                        entry.header().path("argv").forEach(word -> argv.add(word.asText()));
                        recorded.add(argv.toString());
                    });
        }
        seen.sort(null);
        recorded.sort(null);
        assertEquals(
                String.join("\n", seen),
                String.join("\n", recorded),
                "what " + host + " was asked is not what the record says");
        return seen.size();
    }

    /// Whether the step of this entry reached its host: it has an exit code, or nobody knows, or it
    /// was ended there by a cancel. A command that started work which goes on has a result already.
    private static boolean reached(Recorded entry, Set<Long> continuing) {
        long cause = entry.header().path("cause").asLong();
        if (entry.header().path("continues").asBoolean()) {
            continuing.add(cause);
        }
        return (entry.type().equals("exec.unknown") && !continuing.contains(cause))
                || (entry.type().equals("exec.result")
                        && (entry.header().has("exit")
                                || text(entry, "kind").equals("SUDO_REFUSED")
                                || (text(entry, "kind").equals("CANCELLED")
                                        && text(entry, "why").contains("ended"))));
    }

    private static String text(Recorded entry, String field) {
        return entry.header().path(field).asText();
    }

    /// The words of a line in which every word is quoted as POSIX shells do. Not the code that
    /// quoted them: this is to notice when that is wrong.
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char here = line.charAt(at);
            if (here == '\'') {
                quoted = !quoted;
            } else if (quoted) {
                word.append(here);
            } else if (here == '\\') {
                word.append(line.charAt(++at));
            } else if (here == ' ') {
                words.add(word.toString());
                word.setLength(0);
            } else {
                throw new AssertionError("not quoted: " + here + " in " + line);
            }
        }
        words.add(word.toString());
        return words;
    }
}
