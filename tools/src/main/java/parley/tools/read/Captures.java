package parley.tools.read;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;

import java.util.List;
import java.util.Optional;

/// Finds what a command of a sequence printed, where earlier answers decide which commands there
/// are.
public final class Captures {
    private Captures() {}

    /// The capture of these very words.
    public static Optional<Capture> find(List<Capture> captures, Argv argv) {
        return captures.stream().filter(one -> one.argv().words().equals(argv.words())).findFirst();
    }

    /// The capture of these very words, which a complete sequence has.
    ///
    /// @throws Unreadable when the sequence was cut short before it
    public static Capture need(List<Capture> captures, Argv argv) throws Unreadable {
        Optional<Capture> found = find(captures, argv);
        if (found.isEmpty()) {
            throw new Unreadable(
                    Bilingual.of(argv.program() + " was not run", "没有运行 " + argv.program()));
        }
        return found.get();
    }

    /// Which capture of the call that is, the first being 1; 0 when it was not run.
    public static int number(List<Capture> captures, Argv argv) {
        for (int index = 0; index < captures.size(); index++) {
            if (captures.get(index).argv().words().equals(argv.words())) {
                return index + 1;
            }
        }
        return 0;
    }
}
