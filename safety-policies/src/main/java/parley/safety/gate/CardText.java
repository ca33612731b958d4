package parley.safety.gate;

import static java.util.stream.Collectors.joining;

import parley.safety.policy.Situation;
import parley.tools.Bilingual;
import parley.tools.Environment;
import parley.tools.Language;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The lines of a card in one language.
record CardText(Language language, Pace pace) {
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9@%+=:,./_-]{1,400}");

    List<String> lines(List<CardCall> calls, int rung, String digest, String wordsToType) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(rung));
        int number = 1;
        for (CardCall call : calls) {
            lines.add("");
            lines.add(
                    number + ". " + call.call().tool().name() + " (" + effect(call.effect()) + ")");
            lines.add("   " + clean(call.call().tool().card().title()));
            body(call, lines);
            number++;
        }
        lines.add("");
        lines.add(
                say("Asked by ", "请求人 ")
                        + Sanitiser.line(
                                calls.getFirst().steps().getFirst().circumstances().actor().id()));
        lines.add(say("Digest ", "摘要 ") + digest);
        closing(rung, wordsToType, lines);
        return List.copyOf(lines);
    }

    private void body(CardCall call, List<String> lines) {
        call.arguments()
                .forEach((name, values) ->
                        row(
                                lines,
                                name,
                                values.stream().map(CardText::word).collect(joining(", "))
                                        + "  ["
                                        + from(call.from(name))
                                        + "]"));
        for (Map.Entry<String, List<String>> place : places(call).entrySet()) {
            row(
                    lines,
                    say("on", "主机"),
                    String.join(", ", place.getValue()) + "  [" + place.getKey() + "]");
        }
        if (call.hosts().size() > 1 && call.effect() != Risk.OBSERVE) {
            row(lines, say("order", "顺序"), clean(pace.says(call.hosts())));
        }
        perHost(
                lines,
                call,
                say("key", "密钥"),
                call.perHost(judged ->
                        judged.step().hostKey().isEmpty()
                                ? List.of()
                                : List.of(Sanitiser.line(judged.step().hostKey()))));
        perHost(
                lines,
                call,
                say("runs", "执行"),
                call.perHost(judged -> List.of(command(judged.step()))));
        perHost(
                lines,
                call,
                say("effect", "影响"),
                call.eachText(judged -> texts(judged.circumstances().effects())));
        perHost(
                lines,
                call,
                say("also hit", "波及"),
                call.eachText(judged ->
                        new TreeSet<>(judged.circumstances().alsoHit())
                                .stream().map(Sanitiser::line).toList()));
        perHost(
                lines,
                call,
                say("REMOVES", "移除"),
                call.perHost(judged ->
                        new TreeSet<>(judged.circumstances().removes())
                                .stream().map(Sanitiser::line).toList()));
        perHost(
                lines,
                call,
                say("undo", "撤销"),
                call.perHost(judged -> texts(judged.circumstances().undo())));
        declared(call, lines);
        for (Verdict.Rule rule : rules(call)) {
            row(
                    lines,
                    say("rule", "规则"),
                    rule.id() + "  " + Sanitiser.line(rule.file()) + ":" + rule.line());
            row(lines, "", clean(rule.says()));
        }
    }

    private void declared(CardCall call, List<String> lines) {
        Situation now = call.steps().getFirst().circumstances().situation();
        List<String> declared = new ArrayList<>();
        if (now.breakGlass()) {
            declared.add(say("BREAK-GLASS", "紧急破窗"));
        }
        if (now.freezeOverride()) {
            declared.add(say("IN SPITE OF A FREEZE", "封网期例外"));
        }
        if (!now.ticket().isEmpty()) {
            declared.add(say("ticket ", "工单 ") + Sanitiser.line(now.ticket()));
        }
        if (!declared.isEmpty()) {
            row(lines, say("declared", "声明"), String.join(", ", declared));
        }
    }

    private static Set<Verdict.Rule> rules(CardCall call) {
        Set<Verdict.Rule> rules = new LinkedHashSet<>();
        call.steps().forEach(judged -> rules.addAll(judged.verdict().rules()));
        return rules;
    }

    private List<String> texts(Collection<Bilingual> texts) {
        return texts.stream().map(this::clean).toList();
    }

    private void perHost(
            List<String> lines,
            CardCall call,
            String label,
            Map<List<String>, List<String>> folded) {
        folded.forEach((texts, hosts) -> {
            boolean everywhere = hosts.size() == call.hosts().size();
            for (String text : texts) {
                row(lines, label, everywhere ? text : String.join(", ", hosts) + ": " + text);
            }
        });
    }

    private Map<String, List<String>> places(CardCall call) {
        Map<Environment, Set<String>> byEnvironment = new TreeMap<>();
        call.steps()
                .forEach(judged ->
                        byEnvironment
                                .computeIfAbsent(
                                        judged.step().host().environment(),
                                        ignored -> new TreeSet<>())
                                .add(judged.step().host().name()));
        Map<String, List<String>> places = new LinkedHashMap<>();
        byEnvironment.forEach((where, hosts) -> places.put(environment(where), List.copyOf(hosts)));
        return places;
    }

    private static String command(Step step) {
        return step.shown().stream().map(CardText::word).collect(joining(" "));
    }

    /// A word as it is when nothing in it could be misread, else quoted and made visible.
    private static String word(String text) {
        return PLAIN_WORD.matcher(text).matches()
                ? text
                : "\"" + Sanitiser.line(text).replace("\"", "\\\"") + "\"";
    }

    private void row(List<String> lines, String label, String text) {
        int width = label.codePoints().map(point -> Language.isHan(point) ? 2 : 1).sum();
        lines.add("   " + label + " ".repeat(Math.max(1, 10 - width)) + text);
    }

    private void closing(int rung, String wordsToType, List<String> lines) {
        switch (rung) {
            case 1 -> lines.add(say("To approve, type yes.", "如批准，请输入“是”或“确认”。"));
            case 2 -> {
                lines.add(say("To approve, type exactly:", "如批准，请逐字输入："));
                lines.add("  " + wordsToType);
            }
            case 3 -> {
                lines.add(
                        say(
                                "It needs a second person. To ask for one, type exactly:",
                                "需要第二人批准。如要请求第二人，请逐字输入："));
                lines.add("  " + wordsToType);
            }
            case 4 -> lines.add(say("It is refused. Nothing will run.", "已被拒绝，不会执行任何操作。"));
            default -> lines.add(say("It needs no approval.", "无需批准。"));
        }
    }

    private String heading(int rung) {
        return switch (rung) {
            case 1 -> say("APPROVAL NEEDED: a yes", "需要批准：确认");
            case 2 -> say("APPROVAL NEEDED: typed words", "需要批准：逐字输入");
            case 3 -> say("APPROVAL NEEDED: a second person", "需要批准：第二人");
            case 4 -> say("REFUSED", "已拒绝");
            default -> say("NO APPROVAL NEEDED", "无需批准");
        };
    }

    private String effect(Risk risk) {
        return switch (risk) {
            case OBSERVE -> say("only looks", "仅查看");
            case CHANGE -> say("change", "变更");
            case DISRUPTIVE -> say("disruptive: interrupts something", "会造成中断");
            case DESTRUCTIVE -> say("destructive: cannot be taken back", "破坏性：无法撤销");
        };
    }

    private String environment(Environment environment) {
        return switch (environment) {
            case DEV -> say("development", "开发环境");
            case STAGING -> say("staging", "预发布环境");
            case PROD -> say("PRODUCTION", "生产环境");
        };
    }

    private String from(Provenance provenance) {
        return switch (provenance) {
            case OPERATOR -> say("your words", "您的原话");
            case INVENTORY -> say("inventory", "主机清单");
            case CONSTANT -> say("fixed choice", "固定选项");
            case MODEL -> say("NOT YOUR WORDS: made by the model", "非您的原话：由模型提出");
            case OUTPUT -> say("NOT YOUR WORDS: printed by a host", "非您的原话：来自主机输出");
        };
    }

    private String clean(Bilingual text) {
        return Sanitiser.line(text.in(language));
    }

    private String say(String en, String zh) {
        return language == Language.ZH ? zh : en;
    }
}
