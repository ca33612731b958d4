package parley.console.settings;

import parley.safety.policy.PolicyFile;
import parley.tools.Bilingual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The policies beside the shipped ones: the machine's below `/etc/parley/policies`, and this
/// user's, which may only forbid: the stricter always wins, so nobody's file can loosen what stands
/// before it.
final class PolicyFiles {
    private static final Path MACHINE = Path.of("/etc/parley/policies");

    private PolicyFiles() {}

    static List<PolicyFile> read(Directories directories) throws BadSettings {
        List<PolicyFile> files = new ArrayList<>(in(MACHINE, false));
        files.addAll(in(directories.configuration().resolve("policies"), true));
        return files;
    }

    private static List<PolicyFile> in(Path folder, boolean forbidsOnly) throws BadSettings {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<PolicyFile> files = new ArrayList<>();
            for (Path file :
                    entries.filter(path -> path.toString().endsWith(".cedar")).sorted().toList()) {
                files.add(new PolicyFile(file.toString(), Files.readString(file), forbidsOnly));
            }
            return files;
        } catch (IOException unreadable) {
            throw new BadSettings(
                    Bilingual.of(
                            folder + " cannot be read: " + unreadable,
                            "无法读取 " + folder + "：" + unreadable));
        }
    }
}
