package parley.console.settings;

import parley.safety.policy.PolicyFile;
import parley.tools.Bilingual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
        return read(directories, MACHINE, RecordPlace.managed());
    }

    /// On a managed machine the machine's folder must be there, be it empty: a folder that went
    /// missing would otherwise take all that it forbids along.
    static List<PolicyFile> read(Directories directories, Path machine, boolean managed)
            throws BadSettings {
        if (managed && !Files.isDirectory(machine)) {
            throw new BadSettings(
                    Bilingual.of(
                            "the folder of this machine's policies is missing: {0}; until it is"
                                + " back nothing is permitted. It may be empty (install -d -m 755"
                                + " {0})",
                            "缺少本机的策略目录：{0}；恢复之前一切操作都不被允许。目录可以为空（install -d -m 755 {0}）", machine));
        }
        List<PolicyFile> files = new ArrayList<>(in(machine, false));
        files.addAll(in(directories.configuration().resolve("policies"), true));
        return files;
    }

    /// The files of a folder that is to be tried in place of the machine's and the user's.
    static List<PolicyFile> candidates(Path folder) throws BadSettings {
        if (!Files.isDirectory(folder)) {
            throw new BadSettings(
                    Bilingual.of("no folder of policies: " + folder, "不是策略目录：" + folder));
        }
        return in(folder, false);
    }

    /// The files with cases beside the machine's and the user's policies.
    static List<Path> tests(Directories directories) throws BadSettings {
        List<Path> tests = new ArrayList<>();
        for (Path folder : List.of(MACHINE, directories.configuration().resolve("policies"))) {
            tests.addAll(tests(folder));
        }
        return tests;
    }

    static List<Path> tests(Path folder) throws BadSettings {
        return named(folder, ".test.yaml");
    }

    private static List<Path> named(Path folder, String suffix) throws BadSettings {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        // What is there and is no folder fails here: nobody can tell what it would have forbidden.
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException unreadable) {
            throw new BadSettings(
                    Bilingual.of("{0} cannot be read: {1}", "无法读取 {0}：{1}", folder, unreadable));
        }
    }

    private static List<PolicyFile> in(Path folder, boolean forbidsOnly) throws BadSettings {
        List<PolicyFile> files = new ArrayList<>();
        for (Path file : named(folder, ".cedar")) {
            try {
                files.add(new PolicyFile(file.toString(), Files.readString(file), forbidsOnly));
            } catch (IOException unreadable) {
                throw new BadSettings(
                        Bilingual.of("{0} cannot be read: {1}", "无法读取 {0}：{1}", file, unreadable));
            }
        }
        return files;
    }
}
