package parley.safety.policy;

import parley.tools.Bilingual;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Cedar says about a policy, for people who know neither Cedar nor its words for things: what
/// is wrong, and what to write instead. What is not known here is passed on as it is.
///
/// @param instead empty where nothing better is known than what the caller says
record CedarMessage(Bilingual what, Optional<Bilingual> instead) {
    private static final Pattern DID_YOU_MEAN = Pattern.compile("did you mean (`.+`)\\?");
    private static final Pattern ONE_OF = Pattern.compile("valid entity eids: (.+)");

    /// `%s` stands for what the parentheses of `said` hold.
    private record Known(Pattern said, Bilingual what, Optional<Bilingual> instead) {
        Known(String said, String en, String zh) {
            this(Pattern.compile(said), Bilingual.of(en, zh), Optional.empty());
        }

        Known(String said, String en, String zh, String insteadEn, String insteadZh) {
            this(
                    Pattern.compile(said),
                    Bilingual.of(en, zh),
                    Optional.of(Bilingual.of(insteadEn, insteadZh)));
        }
    }

    private static final List<Known> KNOWN =
            List.of(
                    new Known("attribute (`.+`) not found", "there is no %s", "没有 %s 这个词"),
                    new Known(
                            "unrecognized action (`.+`)",
                            "there is no tool and no group of tools %s",
                            "没有名为 %s 的工具或工具组"),
                    new Known(
                            "entity (`.+?`) is of an enumerated entity type.*",
                            "%s is not one of the words that may stand here",
                            "%s 不是此处可用的取值"),
                    new Known(
                            "unexpected type: expected .*AnyEntity.* but saw .*String.*",
                            "`in` is for groups, roles and environments, not for text",
                            "`in` 用于组、角色和环境，不能用于文本",
                            "for text, write [\"a\", \"b\"].contains(context.object)",
                            "文本请写成 [\"a\", \"b\"].contains(context.object)"),
                    new Known(
                            "policy is impossible:.*",
                            "this rule can never apply",
                            "这条规则永远不会生效",
                            "its conditions contradict each other, or a tool is named with `==`"
                                    + " where it takes `in`: action in"
                                    + " Action::\"service.restart\"",
                            "条件互相矛盾，或者工具用了 ==；工具要用 in 指明：action in"
                                    + " Action::\"service.restart\""),
                    new Known(
                            "identifier (`.+`) contains mixed scripts",
                            "%s mixes letters of different alphabets that look alike",
                            "%s 混用了外形相似的不同文字的字母",
                            "type the name anew, in Latin letters only",
                            "请全部用拉丁字母重新输入这个名称"),
                    new Known(
                            "entity literals cannot be dereferenced at any level",
                            "only principal, action, resource and context can be looked into",
                            "只能查看 principal、action、resource 和 context 的内容",
                            "write resource.env, resource in Group::\"db\" or principal in"
                                    + " Role::\"operator\"",
                            "请写成 resource.env、resource in Group::\"db\" 或 principal in"
                                    + " Role::\"operator\""),
                    new Known(
                            "expected a static policy, got a template containing the slot (\\S+)",
                            "%s is a blank to be filled in; rules here have none",
                            "%s 是模板的占位符，此处不支持模板",
                            "name whom it is about: principal in Role::\"operator\"",
                            "请直接写明对象：principal in Role::\"operator\""),
                    new Known(
                            "invalid token",
                            "this cannot be read: a quotation mark is missing, or a character means"
                                    + " nothing here",
                            "从这里起无法读懂：缺少引号，或者出现了没有意义的字符"),
                    new Known(
                            "unexpected token (`.+`)",
                            "%s is not expected here",
                            "此处不应出现 %s",
                            "look at what stands before it: each rule ends in one ;",
                            "请检查它前面的内容：每条规则以一个 ; 结尾"),
                    new Known(
                            "unexpected end of input",
                            "the file ends in the middle of a rule",
                            "文件在一条规则的中间就结束了",
                            "close what is open, and end the rule with ;",
                            "请补上未闭合的括号，并以 ; 结束这条规则"),
                    new Known(
                            "invalid policy effect: (.+)",
                            "a rule begins with permit or forbid, not with `%s`",
                            "规则以 permit 或 forbid 开头，不能是 `%s`"),
                    new Known(
                            "found an invalid variable in the policy scope: (.+)",
                            "between the parentheses stand principal, action and resource; not"
                                    + " `%s`",
                            "括号里只能依次写 principal、action、resource，不能是 `%s`"),
                    new Known("duplicate annotation: (@.+)", "%s stands twice", "%s 写了两次"));

    /// @param said in Cedar's words
    /// @param help what Cedar advises; may be empty
    static CedarMessage of(String said, String help) {
        for (Known known : KNOWN) {
            Matcher matcher = known.said().matcher(said);
            if (matcher.matches()) {
                String held = matcher.groupCount() > 0 ? matcher.group(1) : "";
                return new CedarMessage(
                        Bilingual.of(
                                known.what().en().replace("%s", held),
                                known.what().zh().replace("%s", held)),
                        known.instead().or(() -> advice(help)));
            }
        }
        return new CedarMessage(Bilingual.of(said, "策略无效：" + said), advice(help));
    }

    private static Optional<Bilingual> advice(String help) {
        Matcher meant = DID_YOU_MEAN.matcher(help);
        if (meant.matches()) {
            return Optional.of(Bilingual.of(help, "是否想写 " + meant.group(1) + "？"));
        }
        Matcher words = ONE_OF.matcher(help);
        if (words.matches()) {
            return Optional.of(
                    Bilingual.of("write one of: " + words.group(1), "可用的取值：" + words.group(1)));
        }
        return help.isEmpty() ? Optional.empty() : Optional.of(Bilingual.same(help));
    }
}
