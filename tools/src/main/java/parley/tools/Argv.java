package parley.tools;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One command as words, with the limits it runs under. Never a shell line: no word is ever
/// interpreted.
///
/// @param words the program and its arguments
/// @param privilege whose rights it needs
/// @param timeLimit the host itself ends the command after this time
/// @param mostBytes how much of standard output is kept; the rest is counted and told
/// @param readableExits exit codes whose output can be read; any other makes the capture unreadable
public record Argv(
        List<String> words,
        Privilege privilege,
        Duration timeLimit,
        long mostBytes,
        Set<Integer> readableExits) {
    /// Whose rights a command needs.
    public enum Privilege {
        /// The login user's.
        LOGIN,
        /// Root sees more; without it the reading is partial and says so.
        ROOT_HELPS,
        /// It fails without root.
        ROOT
    }

    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(15);
    public static final long DEFAULT_MOST_BYTES = 256 * 1024;
    private static final int MOST_WORDS = 256;

    public Argv {
        words = List.copyOf(words);
        requireNonNull(privilege, "privilege is null");
        requireNonNull(timeLimit, "timeLimit is null");
        readableExits = Set.copyOf(readableExits);
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            throw new IllegalArgumentException(
                    "a command has 1 to " + MOST_WORDS + " words: " + words.size());
        }
        if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("a command word holds a NUL character");
        }
        if (timeLimit.compareTo(Duration.ofSeconds(1)) < 0 || mostBytes < 1) {
            throw new IllegalArgumentException("limits must be at least 1 s and 1 byte");
        }
    }

    public static Argv of(String program, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(program);
        words.addAll(List.of(arguments));
        return of(words);
    }

    public static Argv of(List<String> words) {
        return new Argv(words, Privilege.LOGIN, DEFAULT_TIME_LIMIT, DEFAULT_MOST_BYTES, Set.of(0));
    }

    /// The same command with `more` words at its end.
    public Argv plus(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Argv(all, privilege, timeLimit, mostBytes, readableExits);
    }

    public Argv asRoot() {
        return new Argv(words, Privilege.ROOT, timeLimit, mostBytes, readableExits);
    }

    public Argv betterAsRoot() {
        return new Argv(words, Privilege.ROOT_HELPS, timeLimit, mostBytes, readableExits);
    }

    public Argv within(Duration limit) {
        return new Argv(words, privilege, limit, mostBytes, readableExits);
    }

    public Argv keeping(long bytes) {
        return new Argv(words, privilege, timeLimit, bytes, readableExits);
    }

    /// The same command whose output can also be read after one of these exit codes.
    public Argv alsoReadableWhenExit(Integer... codes) {
        Set<Integer> all = new TreeSet<>(readableExits);
        all.addAll(List.of(codes));
        return new Argv(words, privilege, timeLimit, mostBytes, all);
    }

    /// The program's name without its folder.
    public String program() {
        String first = words.getFirst();
        return first.substring(first.lastIndexOf('/') + 1);
    }
}
