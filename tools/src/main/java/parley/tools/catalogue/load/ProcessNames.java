package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.Pid;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whose processes some process ids are: user, unit and program, as one `ps` of them says.
public final class ProcessNames {
    private ProcessNames() {}

    /// @param unit the systemd unit it belongs to; empty when it has none
    /// @param program its short name, at most 15 characters
    public record Name(Pid pid, HostText user, Optional<HostText> unit, HostText program) {
        public Name {
            requireNonNull(pid, "pid is null");
            requireNonNull(user, "user is null");
            requireNonNull(unit, "unit is null");
            requireNonNull(program, "program is null");
        }
    }

    /// The command that names `processes`. It exits 1 when none of them is left.
    public static Argv command(List<Pid> processes) {
        String list = processes.stream().map(Pid::toString).collect(Collectors.joining(","));
        return Argv.of("ps", "-ww", "-o", "pid,user:32,unit:255,comm", "--no-headers", "-p", list)
                .alsoReadableWhenExit(1);
    }

    /// What capture number `number` of [#command] says; those that ended meanwhile are missing.
    public static Map<Pid, Name> read(int number, List<Capture> captures) throws Unreadable {
        Map<Pid, Name> names = new HashMap<>();
        for (Line line : Lines.of(number, captures)) {
            List<String> words = line.words(4, 4, "process, user, unit, program");
            Pid pid = line.pid(words.get(0));
            Optional<HostText> unit =
                    words.get(2).equals("-")
                            ? Optional.empty()
                            : Optional.of(new HostText(words.get(2)));
            names.put(
                    pid,
                    new Name(pid, new HostText(words.get(1)), unit, new HostText(words.get(3))));
        }
        return Map.copyOf(names);
    }
}
