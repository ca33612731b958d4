package parley.safety.record;

import java.nio.file.Path;

/// A process of its own that records one command which ended and one whose work goes on, and ends
/// itself without a word about either.
final class Continuing {
    private Continuing() {}

    public static void main(String[] arguments) throws Exception {
        try (AuditLog log = AuditLog.open(Path.of(arguments[0]), "p")) {
            for (String text : new String[] {"came back", "goes on"}) {
                Receipt intent = log.append(Records.entry("exec.intent", text));
                Entry result = Records.entry("exec.result", text);
                result.fields().put("cause", intent.sequence());
                if (text.equals("goes on")) {
                    result.fields().put("continues", true);
                }
                log.append(result);
            }
        }
    }
}
