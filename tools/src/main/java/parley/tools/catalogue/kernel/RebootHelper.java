package parley.tools.catalogue.kernel;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the distribution's own program says about old code.
///
/// @param name the program; empty when it is not installed
/// @param reasons why it wants a reboot
/// @param units which units it wants restarted
record RebootHelper(
        Optional<HostText> name,
        List<RebootReason> reasons,
        Set<String> units,
        List<Bilingual> gaps) {
    RebootHelper {
        reasons = List.copyOf(reasons);
        units = Set.copyOf(units);
        gaps = List.copyOf(gaps);
    }

    /// Whether the program is not installed: said by sudo, by env, or by dnf of its plugin.
    static boolean isMissing(Capture capture) {
        return capture.exit() == 127
                || capture.stderr().contains("command not found")
                || capture.stderr().contains("No such command");
    }

    static Bilingual failed(Capture capture) {
        String said = capture.stderr().lines().findFirst().orElse("exit " + capture.exit());
        String program = capture.argv().program();
        return Bilingual.of("{0} did not answer: {1}", "{0} 没有给出结果：{1}", program, said);
    }
}
