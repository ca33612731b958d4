package parley.tools;

/// A capture that a tool could not read: says which line of what, and what was expected there.
///
/// It never means "nothing found".
public final class Unreadable extends Exception {
    private static final int MOST_QUOTED = 160;

    private final transient Bilingual why;

    public Unreadable(Bilingual why) {
        super(why.en());
        this.why = why;
    }

    /// A line that does not have the expected form.
    ///
    /// @param line its number, the first being 1
    /// @param expected the form, in the field's words: `six columns`, `KEY=value`
    public static Unreadable line(Argv argv, int line, String expected, String found) {
        String quoted =
                found.length() <= MOST_QUOTED ? found : found.substring(0, MOST_QUOTED) + "…";
        return new Unreadable(
                Bilingual.of(
                        "line {0} of {1}: expected {2}, found \"{3}\"",
                        "{1} 输出第 {0} 行：应为 {2}，实为 “{3}”", line, argv.program(), expected, quoted));
    }

    public Bilingual why() {
        return why;
    }
}
