package parley.console.reach;

import java.util.List;
import java.util.stream.Collectors;

/// Lines of a sudoers file that allow one exact command.
final class Sudoers {
    private Sudoers() {}

    /// @param path where the program lies
    /// @param words the command, its program first
    static String line(String user, String path, List<String> words) {
        String command =
                words.size() == 1
                        // Without this, sudo allows any arguments.
                        ? escape(path) + " \"\""
                        : escape(path)
                                + words.stream()
                                        .skip(1)
                                        .map(word -> " " + escape(word))
                                        .collect(Collectors.joining());
        return escape(user) + " ALL=(root) NOPASSWD: " + command;
    }

    /// A word that stands for itself: neither syntax of the file nor a wildcard.
    private static String escape(String word) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < word.length(); at++) {
            char here = word.charAt(at);
            switch (here) {
                // Once for the file's syntax, once for the pattern that it becomes.
                case '\\' -> escaped.append("\\\\\\\\");
                case ',', ':', '=', '#', ' ', '\t', '"', '!', '*', '?', '[', ']', '^', '(', ')' ->
                        escaped.append('\\').append(here);
                default -> escaped.append(here);
            }
        }
        return escaped.toString();
    }
}
