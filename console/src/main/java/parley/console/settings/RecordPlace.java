package parley.console.settings;

import parley.safety.record.AuditLog;
import parley.safety.record.RecordUnavailable;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the record of this machine is: in a folder of one's own, or, on a managed machine, with a
/// recorder that listens at one fixed place.
public final class RecordPlace {
    /// Where the recorder of a managed machine keeps it.
    public static final Path MANAGED = Path.of("/var/lib/parley/record");

    /// Where that recorder listens.
    public static final Path SOCKET = Path.of("/run/parley/recorder.sock");

    private static final Path INVENTORY = Path.of("/etc/parley/inventory.yaml");

    private RecordPlace() {}

    /// Whether the administrator's files rule here.
    static boolean managed() {
        return Files.exists(INVENTORY);
    }

    /// Opens it.
    ///
    /// @throws RecordUnavailable when it cannot be written, or the recorder does not answer: then
    ///   nothing may run
    public static AuditLog open(Directories directories, String software) throws RecordUnavailable {
        return managed()
                ? AuditLog.connect(SOCKET, software)
                : AuditLog.open(directories.record(), software);
    }
}
