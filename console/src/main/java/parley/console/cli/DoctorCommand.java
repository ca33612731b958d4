package parley.console.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;

import org.jspecify.annotations.Nullable;

import parley.console.settings.BadSettings;
import parley.console.settings.CannotStart;
import parley.console.settings.Directories;
import parley.console.settings.Models;
import parley.console.settings.Options;
import parley.console.settings.RecordPlace;
import parley.console.settings.Settings;
import parley.console.settings.Workplace;
import parley.prompts.plan.model.ModelProbe;
import parley.prompts.plan.model.ModelSettings;
import parley.prompts.plan.model.ModelTrial;
import parley.safety.gate.Sanitiser;
import parley.safety.record.AuditLog;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.verify.AuditVerifier;
import parley.safety.record.verify.Verification;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks at everything Parley needs and says of each thing whether it is in order and, if not, how
/// to mend it.
@Command(
        name = "doctor",
        description = {
            "check what Parley needs, and say how to mend it;",
            "doctor model asks each configured model one tiny question"
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand extends Work {
    /// One thing looked at.
    private record Check(String what, boolean sound, Bilingual says) {}

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "model",
            description = "try the models, and nothing else")
    @Nullable String only;

    @Override
    int work(PrintStream out) throws Exception {
        Options options = common.options();
        return told(out, only == null ? everything(options) : tried(options, only));
    }

    private List<Check> tried(Options options, String what)
            throws CannotStart, InterruptedException {
        if (!what.equals("model")) {
            throw new CannotStart(
                    Bilingual.of(
                            "doctor checks everything, or: doctor model; not \"{0}\"",
                            "doctor 检查全部，或使用 doctor model；不能是“{0}”", what),
                    2);
        }
        return models(options);
    }

    private List<Check> everything(Options options) throws Exception {
        List<Check> checks = new ArrayList<>();
        checks.add(java());
        checks.add(keys());
        checks.add(agent(options));
        checks.add(configuration(options.directories()));
        checks.add(inventory(options));
        checks.addAll(models(options));
        checks.add(policies());
        checks.add(record(options.directories()));
        return checks;
    }

    private int told(PrintStream out, List<Check> checks) throws Exception {
        Language language = common.language();
        if (common.output == Common.Output.text) {
            List<List<String>> rows = new ArrayList<>();
            checks.forEach(check ->
                    rows.add(
                            List.of(
                                    check.sound() ? "✓" : "✗",
                                    check.what(),
                                    Sanitiser.line(check.says().in(language)))));
            table(out, rows);
        } else {
            ArrayNode array = Json.mapper().createArrayNode();
            checks.forEach(check ->
                    array.addObject()
                            .put("check", check.what())
                            .put("sound", check.sound())
                            .put("says", check.says().in(language)));
            out.println(Json.mapper().writeValueAsString(array));
        }
        return checks.stream().allMatch(Check::sound) ? 0 : 1;
    }

    private static Check java() {
        Runtime.Version version = Runtime.version();
        return new Check(
                "java",
                version.feature() == 25,
                Bilingual.of(
                        "Java "
                                + version
                                + (version.feature() == 25
                                        ? ""
                                        : "; install a JDK 25 and set PARLEY_JAVA_HOME"),
                        "Java "
                                + version
                                + (version.feature() == 25
                                        ? ""
                                        : "；请安装 JDK 25 并设置 PARLEY_JAVA_HOME")));
    }

    private static Check keys() {
        Path folder = Path.of(System.getProperty("user.home"), ".ssh");
        List<String> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> Files.exists(Path.of(file + ".pub")))
                        .forEach(file -> found.add(String.valueOf(file.getFileName())));
            } catch (IOException unreadable) {
                return new Check(
                        "keys", false, Bilingual.of(folder + " cannot be read", "无法读取 " + folder));
            }
        }
        // Without a key of one's own an agent may still hold one, and local use needs none.
        return new Check(
                "keys",
                true,
                found.isEmpty()
                        ? Bilingual.of(
                                "no SSH key in {0}; make one with ssh-keygen -t ed25519 to reach"
                                        + " other hosts",
                                "{0} 中没有 SSH 密钥；如需连接其他主机，请用 ssh-keygen -t ed25519 生成", folder)
                        : Bilingual.same(String.join(", ", found.stream().sorted().toList())));
    }

    private static Check agent(Options options) {
        String socket = options.environment().getOrDefault("SSH_AUTH_SOCK", "");
        if (socket.isEmpty()) {
            return new Check(
                    "agent",
                    true,
                    Bilingual.of("no ssh-agent; key files are used", "没有 ssh-agent；将使用密钥文件"));
        }
        boolean there = Files.exists(Path.of(socket));
        return new Check(
                "agent",
                there,
                there
                        ? Bilingual.same(socket)
                        : Bilingual.of(
                                "SSH_AUTH_SOCK names {0}, which is gone; start ssh-agent again or"
                                        + " unset it",
                                "SSH_AUTH_SOCK 指向的 {0} 已不存在；请重新启动 ssh-agent 或取消该变量", socket));
    }

    private static Check configuration(Directories directories) {
        try {
            Settings settings = Settings.load(directories);
            return new Check(
                    "config",
                    true,
                    settings.equals(Settings.NONE)
                            ? Bilingual.of("none needed, none there", "无需配置，也没有配置文件")
                            : Bilingual.of("readable", "可读取"));
        } catch (BadSettings bad) {
            return new Check("config", false, bad.why());
        }
    }

    private static Check inventory(Options options) {
        try {
            int count = Workplace.hosts(options).size();
            return new Check("inventory", true, Bilingual.of(count + " host(s)", count + " 台主机"));
        } catch (CannotStart bad) {
            return new Check("inventory", false, bad.why());
        }
    }

    /// One check a model; asked for by name, each also answers one tiny request.
    private List<Check> models(Options options) throws InterruptedException {
        try {
            List<Settings.Model> models = Settings.load(options.directories()).model();
            if (models.isEmpty()) {
                return List.of(
                        new Check(
                                "model",
                                true,
                                Bilingual.of(
                                        "none configured: the embedded planner plans",
                                        "未配置：由内置规划器规划")));
            }
            List<Check> checks = new ArrayList<>();
            for (Settings.Model model : models) {
                ModelSettings settings = Models.settings(model, options.environment());
                ModelProbe.Finding finding =
                        only == null
                                ? new ModelProbe(settings).check()
                                : new ModelTrial(settings).run();
                checks.add(new Check("model", finding.usable(), finding.statement()));
            }
            return checks;
        } catch (BadSettings bad) {
            return List.of(new Check("model", false, bad.why()));
        }
    }

    private Check policies() {
        try (Workplace workplace =
                Workplace.open(common.options(), (host, keyType, fingerprint) -> false)) {
            int count = workplace.policies().rules().size();
            return new Check(
                    "policies", true, Bilingual.of(count + " policies, valid", count + " 条策略，有效"));
        } catch (CannotStart bad) {
            return new Check("policies", false, bad.why());
        }
    }

    private static Check record(Directories directories) {
        Path folder = directories.record();
        try (AuditLog log = RecordPlace.open(directories, "parley doctor")) {
            Verification verification = AuditVerifier.verify(folder, Optional.empty());
            int unknown = log.unknowns().size();
            boolean sound = verification.exitCode() != 2 && verification.exitCode() != 3;
            return new Check(
                    "record",
                    sound,
                    Bilingual.of(
                            folder
                                    + (sound
                                            ? " is sound"
                                            : " does not verify; run parley audit verify")
                                    + (unknown > 0
                                            ? "; " + unknown + " intents have no known end"
                                            : ""),
                            folder
                                    + (sound ? " 完好" : " 验证未通过；请运行 parley audit verify")
                                    + (unknown > 0 ? "；有 " + unknown + " 个意图结局不明" : "")));
        } catch (RecordUnavailable unavailable) {
            return new Check("record", false, unavailable.why());
        } catch (IOException unreadable) {
            return new Check(
                    "record",
                    false,
                    Bilingual.of("{0} cannot be read: {1}", "无法读取 {0}：{1}", folder, unreadable));
        }
    }
}
