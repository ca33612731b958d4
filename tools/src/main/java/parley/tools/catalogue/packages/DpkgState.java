package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Unreadable;
import parley.tools.read.Line;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// dpkg's `${db:Status-Abbrev}`: what was wanted, what is, and whether it must be reinstalled.
///
/// @param wanted `i` installed, `h` held, `r` removed, `p` purged, `u` unknown
/// @param word what it is, in dpkg's words: `installed`, `config-files`, `half-configured`, …
/// @param reinstall whether dpkg asks for it to be installed anew
record DpkgState(char wanted, String word, boolean reinstall) {
    private static final Pattern FORM = Pattern.compile("([uihrp])([ncHUFWti])([ R]?)");
    private static final Map<Character, String> WORDS =
            Map.of(
                    'n', "not-installed",
                    'c', "config-files",
                    'H', "half-installed",
                    'U', "unpacked",
                    'F', "half-configured",
                    'W', "triggers-awaited",
                    't', "triggers-pending",
                    'i', "installed");

    static DpkgState of(Line line, String abbreviation) throws Unreadable {
        Matcher form = FORM.matcher(abbreviation);
        if (!form.matches()) {
            throw line.refused("a state of dpkg");
        }
        return new DpkgState(
                form.group(1).charAt(0),
                requireNonNull(WORDS.get(form.group(2).charAt(0))),
                form.group(3).equals("R"));
    }

    boolean isHeld() {
        return wanted == 'h';
    }

    /// Whether dpkg knows nothing of it but its name.
    boolean isAbsent() {
        return word.equals("not-installed");
    }

    /// Whether nothing of it but its configuration is there.
    boolean isLeftover() {
        return word.equals("config-files");
    }

    /// Whether it is there in full and in order.
    boolean isWhole() {
        return word.equals("installed") && !reinstall;
    }

    /// The state in words.
    String text() {
        return reinstall ? word + ", must be reinstalled" : word;
    }
}
