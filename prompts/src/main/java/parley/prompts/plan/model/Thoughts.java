package parley.prompts.plan.model;

import java.util.function.Consumer;

/// Keeps back what a model thinks aloud between `<think>` and `</think>`: some servers leave it in
/// the reply. Works on pieces, wherever they are cut.
final class Thoughts implements Consumer<String> {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final Consumer<String> next;
    private final StringBuilder held = new StringBuilder();
    private boolean thinking;

    Thoughts(Consumer<String> next) {
        this.next = next;
    }

    @Override
    public void accept(String piece) {
        held.append(piece);
        while (true) {
            String tag = thinking ? CLOSE : OPEN;
            int at = held.indexOf(tag);
            if (at < 0) {
                pass(held.length() - begun(tag));
                return;
            }
            pass(at);
            held.delete(0, tag.length());
            thinking = !thinking;
        }
    }

    /// Lets the first `count` held characters go: to the next, or, while thinking, nowhere.
    private void pass(int count) {
        String out = held.substring(0, count);
        held.delete(0, count);
        if (!thinking && !out.isEmpty()) {
            next.accept(out);
        }
    }

    /// How many characters at the end may be the beginning of `tag`.
    private int begun(String tag) {
        for (int length = Math.min(tag.length() - 1, held.length()); length > 0; length--) {
            if (tag.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    /// `text` without thoughts; what was begun and not closed is a thought too.
    static String without(String text) {
        StringBuilder words = new StringBuilder();
        Thoughts filter = new Thoughts(words::append);
        filter.accept(text);
        if (!filter.thinking) {
            words.append(filter.held);
        }
        return words.toString().strip();
    }
}
