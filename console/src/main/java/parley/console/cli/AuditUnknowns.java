package parley.console.cli;

import parley.safety.record.AuditReader;

import picocli.CommandLine.Command;

import java.nio.file.Path;

/// The outcomes that nobody knows yet.
@Command(
        name = "unknowns",
        description = "commands of which nobody knows how they ended; parley settle looks",
        mixinStandardHelpOptions = true)
final class AuditUnknowns extends AuditWork {
    @Override
    String asked() {
        return "unknowns";
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        return UnknownsList.print(out.stream(), AuditReader.of(record), common);
    }
}
