package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Unreadable;
import parley.tools.value.BadValue;

import java.util.function.Supplier;

/// Words that a host printed and that go into a command.
final class Words {
    private Words() {}

    /// What `value` makes of a word.
    ///
    /// @throws Unreadable when it is no such value
    static String of(Argv source, Supplier<String> value, String word) throws Unreadable {
        try {
            return value.get();
        } catch (BadValue refused) {
            throw Unreadable.line(source, 1, "a package's name or version", word);
        }
    }
}
