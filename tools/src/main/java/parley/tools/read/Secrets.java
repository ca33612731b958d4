package parley.tools.read;

import java.util.regex.Pattern;

/// Takes secrets out of command lines: what follows a word such as `password`, `token`, `secret` or
/// `key`, and the password of an address.
public final class Secrets {
    /// Stands where a secret stood.
    public static final String MASK = "****";

    private static final Pattern AFTER_A_WORD =
            Pattern.compile(
                    "(?i)((?:pass(?:wd|word|phrase)?|pwd|token|secret|key|credentials?)[\\w-]*"
                            + "[=: ]\\s*)(\"[^\"]*\"|'[^']*'|\\S+)");
    private static final Pattern BEARER = Pattern.compile("(?i)((?:bearer|basic) )\\S+");
    private static final Pattern ADDRESS = Pattern.compile("(\\w://[^\\s/@:]*:)[^\\s/@]+(@)");
    private static final Pattern MYSQL = Pattern.compile("(^| )(-p)(?=\\S)(?!ort|id)(\\S+)");

    private Secrets() {}

    public static String mask(String command) {
        String masked = BEARER.matcher(command).replaceAll("$1" + MASK);
        masked = ADDRESS.matcher(masked).replaceAll("$1" + MASK + "$2");
        if (command.matches("(?s)\\S*(mysql|mariadb)\\S* .*")) {
            masked = MYSQL.matcher(masked).replaceAll("$1$2" + MASK);
        }
        return AFTER_A_WORD.matcher(masked).replaceAll("$1" + MASK);
    }
}
