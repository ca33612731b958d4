package parley.prompts.plan.embedded;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what stands before 就, 再 or 才 and decides whether a change is wanted: 有问题再重启, 版本不对就重启. Who
/// wrote it means a condition, also without 如果.
final class Undecided {
    private static final Pattern JOINT = Pattern.compile("就|再|才|便|则");
    private static final String ENDS = "。；;！!？?\n";
    private static final Set<Character> PAUSES = Set.of('，', ',', '、', '：', ':');

    /// Names, and words that decide nothing.
    private static final Pattern WITHOUT_WEIGHT =
            Pattern.compile(
                    "[\\x00-\\x7f]|的|那么|那|这样|这|好|嗯|现在|直接|马上|立刻|请|麻烦|帮我|帮|我|你|把|将|给|对|上|里|机器|服务器|服务|主机|数据库|组|台|也|都|还|一下|两|三|全部|所有|只|光|单独|在|和|跟|以及|一会儿?|等会儿?|待会儿?");

    /// What is to be done first, so that 再 and 就 only tell the order.
    private static final Pattern STEP =
            Pattern.compile(
                    "先|看|查|瞅|瞄|检|列|显示|升|更新|装|卸|停|启|重|改|清|删|设|锁|限|开放|放行|加载|拉起|修|撤|回滚|ping|除了?|以外|之外|外|剩");

    /// What only a person can say, whatever step it is said with.
    private static final Pattern OF_A_PERSON =
            Pattern.compile("没问题|没事|没人|有问题|不对|不行|不好使|感觉|同意|批准|允许|合适|方便|反对");

    private Undecided() {}

    /// Whether words before `verb` say when it is to be done, and not what is to be done before it.
    static boolean isBefore(int verb, String text) {
        Matcher joint = JOINT.matcher(text).region(0, Math.max(0, Math.min(verb, text.length())));
        while (joint.find()) {
            String before = clause(text, joint.start(), !joint.group().equals("再"));
            String left = WITHOUT_WEIGHT.matcher(before).replaceAll("");
            boolean person = OF_A_PERSON.matcher(left).find();
            if (person || (!left.isEmpty() && !STEP.matcher(left).find())) {
                return true;
            }
        }
        return false;
    }

    /// The clause that ends at `end`, or the one before it when that is empty.
    private static String clause(String text, int end, boolean earlier) {
        int at = end;
        boolean seen = false;
        while (at > 0 && ENDS.indexOf(text.charAt(at - 1)) < 0) {
            boolean pause = PAUSES.contains(text.charAt(at - 1));
            if (pause && (seen || !earlier)) {
                break;
            }
            seen |= !pause && !Character.isWhitespace(text.charAt(at - 1));
            at--;
        }
        return text.substring(at, end);
    }
}
