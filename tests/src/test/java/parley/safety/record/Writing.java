package parley.safety.record;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// A process that appends until it is killed and prints a line for each acknowledged entry.
final class Writing {
    private Writing() {}

    /// @param arguments folder, name, how many entries (0: no end), segment limit
    public static void main(String[] arguments) throws Exception {
        String name = arguments[1];
        long most = Long.parseLong(arguments[2]);
        AuditLog log =
                AuditLog.open(
                        Path.of(arguments[0]),
                        "writing",
                        InstantSource.system(),
                        Long.parseLong(arguments[3]));
        for (long index = 0; most == 0 || index < most; index++) {
            boolean intent = index % 4 == 0;
            Receipt receipt =
                    log.append(
                            Records.entry(
                                    intent ? "exec.intent" : "request",
                                    name,
                                    name + " " + index,
                                    index % 5 == 0 ? Map.of("stdout", new byte[100]) : Map.of()));
            if (index % 11 == 0) {
                log.checkpoint();
            }
            System.out.println(receipt.sequence() + " " + name + " " + index);
            System.out.flush();
        }
        log.close();
    }
}
