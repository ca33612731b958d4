package parley.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.catalogue.Catalogue;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;

import java.util.List;
import java.util.Optional;

/// Values that try to become something else than a value: an option, a pattern, a path, two words,
/// a command.
public final class Hostile {
    /// None of these may be taken as a name of a unit or a package.
    public static final List<String> NAMES =
            List.of(
                    "",
                    " ",
                    "-",
                    "--",
                    "-H",
                    "-Hroot@evil",
                    "--root=/tmp",
                    "--host=evil",
                    "-M machine",
                    "--pipe=id",
                    "-oAPT::Update::Pre-Invoke::=id",
                    "*",
                    "ssh*",
                    "ngin?",
                    "[a-z]inx",
                    "/etc/passwd",
                    "/dev/sda1",
                    "./local.deb",
                    "../x",
                    "a b",
                    "nginx ssh",
                    "nginx\tssh",
                    "nginx\n--force",
                    "nginx;id",
                    "nginx&&id",
                    "nginx|id",
                    "$(id)",
                    "${IFS}",
                    "`id`",
                    "'nginx'",
                    "\"nginx\"",
                    "https://evil/x.rpm",
                    "@group",
                    "~nginx",
                    "?exact-name(x)",
                    "nginx=1.0",
                    "nginx/stable",
                    "nginx^",
                    "%{lua:os.execute()}",
                    "nginx\u202e",
                    "nginx\u0000",
                    "nginx\u00e9",
                    "ｎｇｉｎｘ",
                    "a".repeat(65_536));

    private Hostile() {}

    /// The call with one text argument; empty when the tool refuses it.
    public static Optional<Call<?>> call(String tool, String argument, String value) {
        ObjectNode json = Json.mapper().createObjectNode().put(argument, value);
        return call(tool, json);
    }

    /// The call with these arguments; empty when the tool refuses them.
    public static Optional<Call<?>> call(String tool, ObjectNode arguments) {
        try {
            return Optional.of(
                    Catalogue.bind(Catalogue.standard().find(tool).orElseThrow(), arguments));
        } catch (BadArguments refused) {
            return Optional.empty();
        }
    }
}
