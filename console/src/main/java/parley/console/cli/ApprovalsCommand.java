package parley.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import parley.console.approvals.Answers;
import parley.console.approvals.RequestView;
import parley.console.reach.Signatures;
import parley.console.repl.AbsentPerson;
import parley.console.repl.Screen;
import parley.console.repl.Terminals;
import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.console.turn.SecondPersons;
import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.Sanitiser;
import parley.safety.gate.SignedAnswer;
import parley.safety.record.Entry;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The second person: what waits for an answer, and answering it with a signature that OpenSSH
/// alone can check; and the exceptions that wait for a review.
@Command(
        name = "approvals",
        description = {
            "the second person: approvals list|show ID|grant ID|refuse ID;",
            "exceptions: approvals reviews|reviewed NUMBER --reason TEXT"
        },
        mixinStandardHelpOptions = true)
final class ApprovalsCommand extends Work {
    private static final Duration DECIDE_WITHIN = Duration.ofMinutes(10);

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "list|show|grant|refuse|reviews|reviewed",
            defaultValue = "list")
    String what = "list";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", defaultValue = "")
    String id = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "the SSH key to sign with; without it ~/.ssh/id_ed25519 and so on")
    @Nullable Path key;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why", defaultValue = "")
    String reason = "";

    @Override
    int work(PrintStream out) throws Exception {
        Language language = common.language();
        AbsentPerson person = new AbsentPerson(System.err, language, Optional.empty());
        try (Workplace workplace = Workplace.open(common.options(), person)) {
            return switch (what) {
                case "list" -> list(out, persons(workplace));
                case "show" -> show(out, workplace, request(persons(workplace)));
                case "grant" -> grant(out, workplace, persons(workplace));
                case "refuse" -> refuse(out, workplace, persons(workplace));
                case "reviews" -> new Reviews(workplace.house().log()).list(out, language);
                case "reviewed" ->
                        new Reviews(workplace.house().log())
                                .reviewed(id, workplace.house().actor().id(), reason);
                default ->
                        throw new CannotStart(
                                Bilingual.of(
                                        "approvals list, show, grant, refuse, reviews or reviewed;"
                                                + " not \"{0}\"",
                                        "用法：approvals list、show、grant、refuse、reviews 或"
                                                + " reviewed；没有“{0}”",
                                        what),
                                2);
            };
        }
    }

    private static SecondPersons persons(Workplace workplace) throws CannotStart {
        return workplace
                .house()
                .secondPersons()
                .orElseThrow(() ->
                        new CannotStart(
                                Bilingual.of(
                                        "no shared folder for approvals is configured; put"
                                                + " approvals: {directory: …, allowedSigners: …}"
                                                + " into config.yaml",
                                        "尚未配置共享的批准目录；请在 config.yaml 中写入 approvals: {directory: …,"
                                                + " allowedSigners: …}"),
                                2));
    }

    private ApprovalRequest request(SecondPersons persons) throws CannotStart, IOException {
        return persons.folder()
                .request(id)
                .orElseThrow(() ->
                        new CannotStart(
                                Bilingual.of(
                                        "no request \"{0}\"; parley approvals list shows them",
                                        "没有请求“{0}”；用 parley approvals list 查看", id),
                                2));
    }

    private int list(PrintStream out, SecondPersons persons) throws IOException {
        Answers answers = new Answers(persons.folder(), persons.signers());
        Instant now = Instant.now();
        List<List<String>> rows = new ArrayList<>();
        for (ApprovalRequest request : persons.folder().requests()) {
            String state = answers.state(request, now);
            if (common.output == Common.Output.text) {
                rows.add(
                        List.of(
                                request.id(),
                                request.requester(),
                                request.asked().toString(),
                                state,
                                request.words()));
            } else {
                out.println(
                        Json.mapper()
                                .createObjectNode()
                                .put("id", request.id())
                                .put("requester", request.requester())
                                .put("asked", request.asked().toString())
                                .put("answerBy", request.answerBy().toString())
                                .put("state", state)
                                .put("words", request.words())
                                .put("digest", request.digest()));
            }
        }
        table(out, rows);
        return 0;
    }

    private int show(PrintStream out, Workplace workplace, ApprovalRequest request) {
        new RequestView(common.language(), workplace.house().hosts())
                .lines(request)
                .forEach(out::println);
        return 0;
    }

    private int grant(PrintStream out, Workplace workplace, SecondPersons persons)
            throws Exception {
        ApprovalRequest request = answerable(workplace, request(persons));
        if (!Terminals.present()) {
            throw new CannotStart(
                    Bilingual.of(
                            "granting needs a terminal: the words of the change are typed there",
                            "批准需要终端：须在终端中逐字输入变更内容"),
                    4);
        }
        try (Screen screen = Terminals.question()) {
            screen.print(
                    new RequestView(common.language(), workplace.house().hosts()).lines(request));
            String question =
                    common.language() == Language.EN
                            ? "type \"" + request.words() + "\" to grant it: "
                            : "请输入“" + request.words() + "”以批准：";
            Optional<String> typed = screen.ask(question, DECIDE_WITHIN);
            if (!typed.equals(Optional.of(request.words()))) {
                throw new CannotStart(
                        Bilingual.of("not granted; nothing was signed", "未批准；没有签名"), 4);
            }
        }
        return answer(out, workplace, persons, request, true);
    }

    private int refuse(PrintStream out, Workplace workplace, SecondPersons persons)
            throws Exception {
        return answer(out, workplace, persons, answerable(workplace, request(persons)), false);
    }

    private static ApprovalRequest answerable(Workplace workplace, ApprovalRequest request)
            throws CannotStart {
        if (request.requester().equals(workplace.house().actor().id())) {
            throw new CannotStart(
                    Bilingual.of(
                            "nobody answers what they asked for themselves", "任何人都不能答复自己提出的请求"),
                    3);
        }
        if (!workplace.house().actor().roles().contains("approver")) {
            throw new CannotStart(
                    Bilingual.of("answering takes the role approver", "答复请求需要 approver 角色"), 3);
        }
        if (!Instant.now().isBefore(request.answerBy())) {
            throw new CannotStart(
                    Bilingual.of("it was to be answered by {0}", "答复期限 {0} 已过", request.answerBy()),
                    4);
        }
        return request;
    }

    /// Signs, records, and only then lays the answer into the folder.
    private int answer(
            PrintStream out,
            Workplace workplace,
            SecondPersons persons,
            ApprovalRequest request,
            boolean granted)
            throws Exception {
        String me = workplace.house().actor().id();
        SignedAnswer.Statement says =
                SignedAnswer.Statement.to(request, granted, me, Instant.now(), reason);
        String signature = sign(says);
        if (!persons.signers().signed(me, says.text(), signature)) {
            throw new CannotStart(
                    Bilingual.of(
                            "this key is not yours in the file of allowed signers; nothing was"
                                    + " answered",
                            "签名者文件中没有登记您的这把密钥；没有作出答复"),
                    3);
        }
        record(workplace, request, says, signature);
        try {
            persons.folder().answer(says, signature);
        } catch (FileAlreadyExistsException before) {
            throw new CannotStart(Bilingual.of("you answered that before", "您已答复过该请求"), 2);
        }
        out.println(
                Sanitiser.line(
                        common.language() == Language.EN
                                ? (granted ? "granted: " : "refused: ") + request.words()
                                : (granted ? "已批准：" : "已拒绝：") + request.words()));
        return 0;
    }

    private String sign(SignedAnswer.Statement says) throws CannotStart, InterruptedException {
        Optional<Path> own =
                Optional.ofNullable(key)
                        .or(() -> Signatures.usualKey(Path.of(System.getProperty("user.home"))));
        if (own.isEmpty()) {
            throw new CannotStart(
                    Bilingual.of(
                            "no SSH key to sign with; give --key FILE",
                            "没有可用的 SSH 密钥；请给出 --key 文件"),
                    2);
        }
        try {
            return Signatures.sign(own.get(), SignedAnswer.NAMESPACE, says.text());
        } catch (IOException refused) {
            throw new CannotStart(
                    Bilingual.of(
                            String.valueOf(refused.getMessage()), "无法签名：" + refused.getMessage()),
                    1);
        }
    }

    private static void record(
            Workplace workplace,
            ApprovalRequest request,
            SignedAnswer.Statement says,
            String signature)
            throws RecordUnavailable {
        workplace
                .house()
                .log()
                .append(
                        new Entry(
                                "approval.answer",
                                says.granted() ? "granted" : "refused",
                                request.id(),
                                says.approver(),
                                Json.mapper()
                                        .createObjectNode()
                                        .put("approves", request.digest())
                                        .put("requester", request.requester())
                                        .put("why", says.reason()),
                                Map.of(
                                        "request", request.bytes(),
                                        "statement", says.text().getBytes(UTF_8),
                                        "signature", signature.getBytes(UTF_8))));
        workplace.house().log().checkpoint();
    }
}
