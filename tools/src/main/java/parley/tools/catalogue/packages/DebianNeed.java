package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Unreadable;
import parley.tools.read.Line;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One need of a Debian package, which any of its alternatives fulfils: `debconf (>= 0.5) |
/// debconf-2.0`.
record DebianNeed(List<Alternative> alternatives) {
    private static final Pattern FORM =
            Pattern.compile(
                    "([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?(?: \\(([<>=]{1,2} \\S+)\\))?"
                            + "(?: \\[[^\\]]*\\])?(?: <[^>]*>)*");

    /// @param name of a package, or of something packages provide
    /// @param text as it is written
    record Alternative(String name, String text) {
        Alternative {
            requireNonNull(name, "name is null");
            requireNonNull(text, "text is null");
        }
    }

    DebianNeed {
        alternatives = List.copyOf(alternatives);
    }

    /// The needs in a field such as `Depends` or `Provides`.
    ///
    /// @throws Unreadable when one of them does not have the form
    static List<DebianNeed> of(Line line, String field) throws Unreadable {
        List<DebianNeed> needs = new ArrayList<>();
        for (String group : field.split(",")) {
            if (group.isBlank()) {
                continue;
            }
            List<Alternative> alternatives = new ArrayList<>();
            for (String one : group.split("\\|")) {
                Matcher form = FORM.matcher(one.strip());
                if (!form.matches()) {
                    throw line.refused("names of packages, with versions in brackets");
                }
                alternatives.add(new Alternative(form.group(1), one.strip()));
            }
            needs.add(new DebianNeed(alternatives));
        }
        return List.copyOf(needs);
    }

    /// The need as it is written.
    String text() {
        return String.join(" | ", alternatives.stream().map(Alternative::text).toList());
    }
}
