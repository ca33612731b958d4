package parley.prompts.plan.embedded;

import java.util.ArrayList;
import java.util.List;

/// The short form of many phrases in a grammar file: `{show|list} [all] disk[s]`.
///
/// Braces hold alternatives, brackets something that may be left out.
final class Phrases {
    private Phrases() {}

    /// Every phrase that `form` stands for, in lower case, with single blanks.
    static List<String> expand(String form) {
        int open = firstOpen(form);
        if (open < 0) {
            return List.of(form.strip().replaceAll(" +", " "));
        }
        int close = closing(form, open);
        List<String> inner = new ArrayList<>(alternatives(form.substring(open + 1, close)));
        if (form.charAt(open) == '[') {
            inner.add("");
        }
        List<String> all = new ArrayList<>();
        for (String choice : inner) {
            all.addAll(expand(form.substring(0, open) + choice + form.substring(close + 1)));
        }
        return all.stream().distinct().toList();
    }

    private static int firstOpen(String form) {
        for (int at = 0; at < form.length(); at++) {
            if (form.charAt(at) == '[' || form.charAt(at) == '{') {
                return at;
            }
        }
        return -1;
    }

    private static int closing(String form, int open) {
        int depth = 0;
        for (int at = open; at < form.length(); at++) {
            char c = form.charAt(at);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw new IllegalStateException("grammar: a bracket is not closed: " + form);
    }

    private static List<String> alternatives(String inner) {
        List<String> all = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int at = 0; at < inner.length(); at++) {
            char c = inner.charAt(at);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (c == '|' && depth == 0) {
                all.add(inner.substring(from, at));
                from = at + 1;
            }
        }
        all.add(inner.substring(from));
        return all;
    }
}
