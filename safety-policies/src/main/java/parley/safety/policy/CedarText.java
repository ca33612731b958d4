package parley.safety.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cedar's own messages, made fit for ours.
final class CedarText {
    private static final Pattern FOR_POLICY = Pattern.compile("^for policy `[^`]*`[,:]? *");
    private static final Pattern IN_BACKTICKS = Pattern.compile("`([^`]+)`");
    private static final Pattern FOR_ACTION =
            Pattern.compile("(?: in context)? for Action::\"[^\"]*\"");
    private static final Pattern LAST_WORD = Pattern.compile("(?:: |the slot )([^\\s:]+)$");

    private CedarText() {}

    /// Without the prefixes that say how Cedar was called.
    static String plain(String message) {
        String bare = message.replace("Internal JNI Error: ", "").replace("Internal error: ", "");
        // A mistake in a rule about many tools is reported once for each: once is enough.
        return FOR_ACTION.matcher(FOR_POLICY.matcher(bare).replaceFirst("")).replaceAll("").strip();
    }

    /// The word a message is about: the one in backticks, else the one after its last colon.
    static String quoted(String message) {
        Matcher backticks = IN_BACKTICKS.matcher(message);
        if (backticks.find()) {
            return backticks.group(1);
        }
        Matcher last = LAST_WORD.matcher(message);
        return last.find() ? last.group(1) : "";
    }
}
