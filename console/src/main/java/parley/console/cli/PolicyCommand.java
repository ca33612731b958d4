package parley.console.cli;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.console.settings.PolicyShelf;
import parley.safety.gate.PolicyCase;
import parley.safety.gate.Sanitiser;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyRule;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The policies, for those who write and those who audit them.
@Command(
        name = "policy",
        description = {
            "the policies:",
            "  policy check [FILE…]       are they valid? a caret points at what is not",
            "  policy test                the cases beside them: verdict and deciding rules",
            "  policy explain TOOL name=value… --host H…   why, and what would change it",
            "  policy matrix [--html FILE]                 tools × environments × roles",
            "  policy replay --policies FOLDER             what a past record would have given",
            "  policy decide --batch FILE --output jsonl   one question a line"
        },
        mixinStandardHelpOptions = true)
final class PolicyCommand extends Work {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "check|test|explain|matrix|replay|decide",
            defaultValue = "check")
    String what = "check";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "FILE|TOOL name=value")
    String[] rest = {};

    @Option(names = "--host", paramLabel = "H", description = "a host or group of the inventory")
    List<String> hosts = new ArrayList<>();

    @Option(
            names = "--policies",
            paramLabel = "FOLDER",
            description = "policies to try in place of the machine's and your own")
    @Nullable Path policies;

    @Option(names = "--record", paramLabel = "FOLDER", description = "replay: another record")
    @Nullable Path record;

    @Option(names = "--html", paramLabel = "FILE", description = "matrix: write it as a page")
    @Nullable Path html;

    @Option(names = "--batch", paramLabel = "FILE", description = "decide: one question a line")
    @Nullable Path batch;

    @Override
    int work(PrintStream out) throws Exception {
        PolicyShelf shelf =
                new PolicyShelf(common.options().directories(), Optional.ofNullable(policies));
        return switch (what) {
            case "check" -> check(out, shelf.load(Stream.of(rest).map(Path::of).toList()));
            case "test" -> test(out, shelf);
            case "explain" -> new PolicyExplain(common, hosts).print(out, rest);
            case "matrix" ->
                    new PolicyMatrix(shelf.load(), common).print(out, Optional.ofNullable(html));
            case "replay" ->
                    new PolicyReplay(shelf.load(), common)
                            .print(
                                    out,
                                    record == null
                                            ? common.options().directories().record()
                                            : record);
            case "decide" -> PolicyDecide.run(shelf.load(), Optional.ofNullable(batch), out);
            default ->
                    throw new CannotStart(
                            Bilingual.of(
                                    "policy check, test, explain, matrix, replay or decide; not"
                                            + " \"{0}\"",
                                    "用法：policy check、test、explain、matrix、replay 或 decide；没有“{0}”",
                                    what),
                            2);
        };
    }

    private int check(PrintStream out, Policies checked) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (PolicyRule rule : checked.rules()) {
            if (common.output == Common.Output.text) {
                rows.add(
                        List.of(
                                rule.id(),
                                rule.permits() ? "permit" : "forbid",
                                rule.rung(),
                                rule.file() + ":" + rule.line(),
                                rule.says().in(common.language())));
            } else {
                out.println(Json.mapper().writeValueAsString(rule));
            }
        }
        table(out, rows);
        if (common.output == Common.Output.text) {
            out.println(
                    common.language() == Language.EN
                            ? rows.size() + " policies, valid; hash " + checked.hash()
                            : "共 " + rows.size() + " 条策略，有效；哈希 " + checked.hash());
        }
        return 0;
    }

    private int test(PrintStream out, PolicyShelf shelf) throws Exception {
        int failed = 0;
        int all = 0;
        for (PolicyShelf.Cases file : shelf.cases()) {
            for (PolicyCase one : file.cases()) {
                all++;
                String given = one.given(file.policies());
                if (!given.equals(one.expected())) {
                    failed++;
                    out.println(
                            Sanitiser.line(
                                    common.language() == Language.EN
                                            ? file.file()
                                                    + ": "
                                                    + one.name()
                                                    + ": expected "
                                                    + one.expected()
                                                    + ", got "
                                                    + given
                                            : file.file()
                                                    + "："
                                                    + one.name()
                                                    + "：应为 "
                                                    + one.expected()
                                                    + "，实为 "
                                                    + given));
                }
            }
        }
        out.println(
                common.language() == Language.EN
                        ? all + " cases, " + failed + " failed"
                        : "共 " + all + " 个用例，" + failed + " 个未通过");
        return failed == 0 ? 0 : 1;
    }
}
