package parley.console.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.settings.CannotStart;
import parley.safety.gate.Gate;
import parley.safety.gate.PolicyCase;
import parley.safety.gate.Question;
import parley.safety.gate.Verdict;
import parley.safety.policy.Policies;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// For machines: one question in, one verdict out, line by line and in the same order.
final class PolicyDecide {
    private PolicyDecide() {}

    /// A bad line gives an error line, and the rest goes on.
    static int run(Policies policies, Optional<Path> batch, PrintStream out)
            throws CannotStart, IOException {
        if (batch.isEmpty()) {
            throw new CannotStart(
                    Bilingual.of("policy decide needs --batch FILE", "policy decide 需要 --batch 文件"),
                    2);
        }
        List<String> lines =
                batch.get().toString().equals("-")
                        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .toList()
                        : Files.readAllLines(batch.get());
        for (String line : lines) {
            if (!line.isBlank()) {
                out.println(decided(policies, line));
            }
        }
        return 0;
    }

    private static ObjectNode decided(Policies policies, String line) {
        ObjectNode answer = Json.mapper().createObjectNode();
        try {
            JsonNode json = Json.mapper().readTree(line);
            answer.set("id", json.path("id"));
            if (json.path("id").isMissingNode()) {
                answer.put("id", "");
            }
            if (!(json instanceof ObjectNode asked)) {
                throw new IllegalArgumentException("a line is an object");
            }
            asked.remove("id");
            Verdict verdict = Gate.judge(policies, Question.read(asked));
            answer.put("verdict", PolicyCase.word(verdict)).put("rung", verdict.rung());
            for (Verdict.Rule rule : verdict.rules()) {
                answer.withArray("rules")
                        .addObject()
                        .put("id", rule.id())
                        .put("file", rule.file())
                        .put("line", rule.line())
                        .put("en", rule.says().en())
                        .put("zh", rule.says().zh());
            }
        } catch (JsonProcessingException | IllegalArgumentException wrong) {
            if (!answer.has("id")) {
                answer.put("id", "");
            }
            answer.put("kind", "error")
                    .put(
                            "message",
                            wrong instanceof JsonProcessingException json
                                    ? json.getOriginalMessage()
                                    : wrong.getMessage());
        }
        return answer;
    }
}
