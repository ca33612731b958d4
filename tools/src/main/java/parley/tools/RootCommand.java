package parley.tools;

import java.util.stream.Collectors;

/// The form of a command that wants root: what an administrator lets Parley run, and nothing else.
///
/// Its words are those of the [Argv], separated by spaces. Where a word differs from call to call
/// stands what it may be:
///
/// ```
/// systemctl --no-pager stop -- <unit>       one value of this kind
/// apt-mark hold -- <package>...             one or more of them, as words of their own
/// ss -n [[ -l ]] [[ state <word> ]]         words that may be missing
/// systemctl {{enable||disable}} -- <unit>   one of these
/// readlink -e -- <~/(var|srv)(/[a-z]+)*>    a pattern of this tool alone
/// grep -r <empty>                           a word without a letter
/// ```
///
/// sudo compares the arguments as one text with spaces between them. So no kind takes a space, or
/// one word could be sent as two: the second could be an option.
///
/// `RootPattern` gives it its meaning.
///
/// @param form as above
public record RootCommand(String form) {
    public RootCommand {
        if (form.isBlank() || !form.equals(form.strip())) {
            throw new IllegalArgumentException("a command begins with its program: " + form);
        }
    }

    public static RootCommand of(String form) {
        return new RootCommand(form);
    }

    /// Exactly this command.
    public static RootCommand exactly(Argv argv) {
        return of(
                argv.words().stream()
                        .map(word -> word.isEmpty() ? "<empty>" : word)
                        .collect(Collectors.joining(" ")));
    }

    /// The program's name.
    public String program() {
        int end = form.indexOf(' ');
        return end < 0 ? form : form.substring(0, end);
    }
}
