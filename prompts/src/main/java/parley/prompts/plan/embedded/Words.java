package parley.prompts.plan.embedded;

import parley.prompts.plan.Planned;
import parley.prompts.plan.Planned.About;
import parley.prompts.plan.Planned.Clarify;
import parley.prompts.plan.Planned.Decline;
import parley.prompts.plan.Planned.Reason;
import parley.tools.Bilingual;

import java.util.Collection;
import java.util.List;

/// What the planner says when it does not plan.
final class Words {
    private Words() {}

    static Planned ask(About about, String en, String zh, List<String> choices) {
        return new Clarify(about, Bilingual.of(en, zh), choices, List.of());
    }

    static Planned whichHost(List<String> choices) {
        return ask(
                About.HOST,
                "On which host? Name one, a group, or \"all hosts\".",
                "在哪台主机上？请写明主机、组，或“所有主机”。",
                choices);
    }

    static Planned noSuchHost(String words, List<String> choices) {
        return ask(
                About.HOST,
                "\""
                        + words
                        + "\" is not one host of the inventory."
                        + (choices.isEmpty()
                                ? " Which host do you mean?"
                                : " Did you mean one of these?"),
                "清单中没有唯一对应“" + words + "”的主机。" + (choices.isEmpty() ? "您指的是哪台？" : "您指的是其中哪一台？"),
                choices);
    }

    static Planned missing(String argument, String type, Bilingual says) {
        About about =
                switch (type) {
                    case "unit" -> About.UNIT;
                    case "package" -> About.PACKAGE;
                    case "host" -> About.HOST;
                    default -> About.VALUE;
                };
        String en =
                switch (about) {
                    case UNIT -> "Which service (unit) do you mean?";
                    case PACKAGE -> "Which package do you mean?";
                    default -> "To " + says.en() + ", one thing is missing: " + argument + ".";
                };
        String zh =
                switch (about) {
                    case UNIT -> "您指的是哪个服务（单元）？";
                    case PACKAGE -> "您指的是哪个软件包？";
                    default -> "要" + says.zh() + "，还缺少：" + argument + "。";
                };
        return ask(about, en, zh, List.of());
    }

    static Planned badValue(Bilingual says, Bilingual why) {
        return ask(
                About.VALUE,
                "To " + says.en() + ", something else must be said: " + why.en() + ".",
                "要" + says.zh() + "，请换个说法：" + why.zh() + "。",
                List.of());
    }

    static Planned didYouMean(About about, String word, List<String> near, List<String> choices) {
        String all = String.join(", ", near);
        return ask(
                about,
                "\""
                        + word
                        + "\" is close to a known name. Did you mean "
                        + all
                        + "? Put it into quotation marks"
                        + " if you mean just that.",
                "“" + word + "”与已知名称相近。您是指 " + all + " 吗？如果就是它，请加上引号。",
                choices);
    }

    static Planned noTool(Collection<ToolRules> tools) {
        String en = String.join("; ", tools.stream().map(t -> t.says().en()).distinct().toList());
        String zh = String.join("；", tools.stream().map(t -> t.says().zh()).distinct().toList());
        return new Decline(
                Reason.NO_TOOL,
                Bilingual.of("Parley has no tool to {0}.", "Parley 没有这样的工具：{1}。", en, zh),
                List.of());
    }

    static Planned notAllowed(Bilingual why) {
        return new Decline(
                Reason.NOT_ALLOWED,
                Bilingual.of("Parley does not do this. " + why.en(), "Parley 不会这样做。" + why.zh()),
                List.of());
    }

    static Planned nothingForHosts() {
        return new Decline(
                Reason.NO_TOOL,
                Bilingual.of(
                        "This is not something Parley can do on a host. \"tools list\" shows what"
                                + " it can do.",
                        "这不是 Parley 能在主机上做的事。用 tools list 可以看到它会什么。"),
                List.of());
    }

    static Planned unknownAction(List<String> choices) {
        return ask(
                About.TOOL,
                "I did not understand what to look at or do there. Which of these, or in other"
                        + " words?",
                "没有听懂要看什么或做什么。是下面哪一个？或者换个说法。",
                choices);
    }

    static Planned notAnOrder(String en, String zh, List<String> choices) {
        return ask(
                About.OTHER,
                "Nothing will be changed: " + en + ". Should it be done?",
                "不会做任何变更：" + zh + "。要执行吗？",
                choices);
    }

    static Planned severalLines() {
        return ask(
                About.OTHER,
                "Nothing will be changed: the request has several lines, as pasted text has. Say"
                        + " each change on a line of its own.",
                "不会做任何变更：请求包含多行，像是粘贴的文本。请逐行说明每项变更。",
                List.of());
    }

    static Planned notUnderstood(String words, List<String> choices) {
        return ask(
                About.OTHER,
                "Nothing will be changed, because this part was not understood: \"" + words + "\".",
                "不会做任何变更，因为这部分没有听懂：“" + words + "”。",
                choices);
    }
}
