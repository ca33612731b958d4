package parley.tools.read;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One block of `KEY=value` lines, as `systemctl show` prints one for each unit. Blocks are
/// separated by a blank line; the order of the keys means nothing; a key that stands twice is
/// refused.
public final class KeyValues {
    private record Entry(String value, int line) {}

    private final Argv argv;
    private final int first;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private KeyValues(Argv argv, int first) {
        this.argv = argv;
        this.first = first;
    }

    /// Every block of `capture`.
    ///
    /// @throws Unreadable naming the first line that is not `KEY=value`
    public static List<KeyValues> blocks(Capture capture) throws Unreadable {
        List<KeyValues> blocks = new ArrayList<>();
        List<String> lines = WholeLines.of(capture);
        boolean open = false;
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.isEmpty()) {
                open = false;
                continue;
            }
            if (!open) {
                blocks.add(new KeyValues(capture.argv(), index + 1));
                open = true;
            }
            blocks.getLast().add(index + 1, line);
        }
        return List.copyOf(blocks);
    }

    /// The one block of `capture`.
    ///
    /// @throws Unreadable when there is none, or more than one
    public static KeyValues only(Capture capture) throws Unreadable {
        List<KeyValues> blocks = blocks(capture);
        if (blocks.size() != 1 || capture.truncated()) {
            String program = capture.argv().program();
            throw new Unreadable(
                    Bilingual.of(
                            "{0} printed {1} blocks of KEY=value where exactly one whole block was"
                                    + " expected",
                            "{0} 输出了 {1} 组 KEY=value，应恰好为完整的一组", program, blocks.size()));
        }
        return blocks.getFirst();
    }

    private void add(int number, String line) throws Unreadable {
        int equals = line.indexOf('=');
        if (equals < 1 || !line.substring(0, equals).matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw Unreadable.line(argv, number, "KEY=value", line);
        }
        String key = line.substring(0, equals);
        if (entries.put(key, new Entry(line.substring(equals + 1), number)) != null) {
            throw Unreadable.line(argv, number, "each key once", line);
        }
    }

    /// The value of a key that must stand there, even if empty.
    public String text(String key) throws Unreadable {
        Entry entry = entries.get(key);
        if (entry == null) {
            throw Unreadable.line(argv, first, "a block with " + key + "=", "none");
        }
        return entry.value();
    }

    /// The value of a key; empty when it is missing or has no value.
    public Optional<String> find(String key) {
        return Optional.ofNullable(entries.get(key))
                .map(Entry::value)
                .filter(value -> !value.isEmpty());
    }

    /// The words of a value that is a list.
    public List<String> words(String key) {
        return find(key).map(value -> List.of(value.split(" +"))).orElse(List.of());
    }

    /// A number that may be unknown: `[not set]`, `infinity`, no value and a missing key are empty.
    public Optional<Long> number(String key) throws Unreadable {
        Optional<String> found =
                find(key).filter(value -> !value.equals("[not set]") && !value.equals("infinity"));
        if (found.isEmpty() || found.get().equals("18446744073709551615")) {
            return Optional.empty();
        }
        if (!found.get().matches("[0-9]{1,18}")) {
            throw unreadable(key, "a whole number");
        }
        return Optional.of(Long.parseLong(found.get()));
    }

    /// A `yes` or `no`; a missing key is no.
    public boolean yes(String key) throws Unreadable {
        Optional<String> found = find(key);
        if (found.isEmpty() || found.get().equals("no")) {
            return false;
        }
        if (found.get().equals("yes")) {
            return true;
        }
        throw unreadable(key, "yes or no");
    }

    /// Where a key stands, the first line being 1; the block's first line when it is missing.
    public int line(String key) {
        Entry entry = entries.get(key);
        return entry == null ? first : entry.line();
    }

    /// The refusal of this key's value.
    public Unreadable unreadable(String key, String expected) {
        Entry entry = entries.get(key);
        return Unreadable.line(
                argv,
                line(key),
                key + "= with " + expected,
                entry == null ? "none" : key + "=" + entry.value());
    }
}
