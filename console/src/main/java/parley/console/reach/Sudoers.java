package parley.console.reach;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Lines of a sudoers file that allow one exact command.
///
/// sudo compares the arguments as one text with spaces between them, with wildcards. What is
/// escaped here was tried character by character against a real sudo 1.9.
final class Sudoers {
    private static final String ESCAPED = ",:=# \t!*?[]^";

    private Sudoers() {}

    /// The line; empty when the file has no way to write one of the words (an empty word, a control
    /// character).
    ///
    /// @param path where the program lies
    /// @param words the command, its program first
    static Optional<String> line(String user, String path, List<String> words) {
        List<String> arguments = words.subList(1, words.size());
        if (!isWritable(path) || !arguments.stream().allMatch(Sudoers::isWritable)) {
            return Optional.empty();
        }
        // Without the pair of quotes, sudo allows any arguments.
        String command =
                arguments.isEmpty()
                        ? "\"\""
                        : arguments.stream().map(Sudoers::escape).collect(Collectors.joining(" "));
        return Optional.of(escape(user) + " ALL=(root) NOPASSWD: " + escape(path) + " " + command);
    }

    private static boolean isWritable(String word) {
        return !word.isEmpty() && word.chars().noneMatch(at -> at != '\t' && at < ' ');
    }

    static String escape(String word) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < word.length(); at++) {
            char here = word.charAt(at);
            if (here == '\\') {
                // Once for the file's syntax, once for the pattern that it becomes.
                escaped.append("\\\\\\\\");
            } else if (ESCAPED.indexOf(here) >= 0) {
                escaped.append('\\').append(here);
            } else {
                escaped.append(here);
            }
        }
        return escaped.toString();
    }
}
