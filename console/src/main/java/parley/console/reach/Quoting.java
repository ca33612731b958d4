package parley.console.reach;

import java.util.List;
import java.util.stream.Collectors;

/// Words as one line for a POSIX shell, which gives back exactly these words. The only place that
/// does this: SSH has no argv, its command is one string that the login shell parses.
public final class Quoting {
    private Quoting() {}

    /// Every word in single quotes, separated by spaces.
    ///
    /// @throws IllegalArgumentException when a word holds a NUL character, which no argument can
    ///   carry
    public static String quote(List<String> words) {
        return words.stream().map(Quoting::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a command word holds a NUL character");
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
