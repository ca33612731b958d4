package parley.console.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.Sanitiser;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Language;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What a second person sees before answering. What would run is told from the steps whose digest
/// the answer is bound to; the card's text is marked as the requester's word.
public record RequestView(Language language, Hosts inventory) {
    /// The address of what is done to the record itself.
    public static final String OWN_RECORD = "record";

    /// The lines, fit for any terminal.
    public List<String> lines(ApprovalRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add(say("Request ", "请求 ") + request.id());
        lines.add(say("  asked by   ", "  请求人     ") + Sanitiser.line(request.requester()));
        lines.add(say("  asked at   ", "  提出时间   ") + request.asked());
        lines.add(say("  answer by  ", "  答复期限   ") + request.answerBy());
        lines.add(
                say("  run within ", "  执行期限   ")
                        + request.runWithin().toMinutes()
                        + say(" minutes of the answer", " 分钟内（自答复起）"));
        lines.add("");
        lines.add(
                say(
                        "What would run, from the steps that your answer is bound to:",
                        "将要执行的内容（来自你的答复所绑定的步骤）："));
        request.steps().forEach(step -> step(step, lines));
        lines.add("");
        lines.add(
                say(
                        "What " + Sanitiser.line(request.requester()) + "'s console showed:",
                        Sanitiser.line(request.requester()) + " 的控制台显示的内容："));
        request.shown().forEach(line -> lines.add("  | " + Sanitiser.line(line)));
        lines.add("");
        lines.add(say("Digest ", "摘要 ") + request.digest());
        return List.copyOf(lines);
    }

    private void step(ObjectNode step, List<String> lines) {
        String name = step.path("host").asText();
        String place =
                (step.path("user").asText().isEmpty() ? "" : step.path("user").asText() + "@")
                        + step.path("address").asText()
                        + (step.has("port") ? ":" + step.path("port").asInt() : "")
                        + (step.path("via").asText().isEmpty()
                                ? ""
                                : say(" via ", " 经由 ") + step.path("via").asText());
        lines.add(
                Sanitiser.line("  " + name + " (" + place + ")  " + step.path("hostKey").asText()));
        lines.add(
                Sanitiser.line("    " + step.path("tool").asText() + " " + step.path("arguments")));
        String words =
                StreamSupport.stream(step.path("words").spliterator(), false)
                        .map(word -> quoted(word.asText()))
                        .collect(Collectors.joining(" "));
        lines.add(Sanitiser.line("    " + words));
        if (step.path("address").asText().equals(OWN_RECORD)) {
            return;
        }
        inventory
                .named(name)
                .filter(host -> host.address().equals(address(step)))
                .ifPresentOrElse(
                        host -> lines.add(known(host)),
                        () ->
                                lines.add(
                                        say(
                                                "    NOT THE HOST OF YOUR INVENTORY",
                                                "    与你的主机清单不一致")));
    }

    private String known(Host host) {
        return say("    your inventory: ", "    你的清单：") + host.environment().word();
    }

    private static java.util.Optional<String> address(ObjectNode step) {
        String address = step.path("address").asText();
        return address.equals("local")
                ? java.util.Optional.empty()
                : java.util.Optional.of(address);
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9@%+=:,./_-]+") ? word : "\"" + word + "\"";
    }

    private String say(String en, String zh) {
        return language == Language.ZH ? zh : en;
    }
}
