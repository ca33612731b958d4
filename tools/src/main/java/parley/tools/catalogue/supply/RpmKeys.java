package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.Dnf;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The keys in rpm's database, which are the only ones that rpm trusts: `rpm -qa gpg-pubkey*`.
final class RpmKeys {
    static final String SOURCE = "rpm";
    private static final Pattern HEAD = Pattern.compile("gpg-pubkey-[0-9a-f]+-[0-9a-f]+");

    private RpmKeys() {}

    static Argv command() {
        return Argv.of(
                        "rpm",
                        "-qa",
                        "gpg-pubkey*",
                        "--qf",
                        "%{NAME}-%{VERSION}-%{RELEASE}\\n%{DESCRIPTION}\\n")
                .keeping(1024 * 1024);
    }

    /// @param gaps gets a line for each entry that is no key
    static List<SigningKey> read(int number, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        Dnf.sound(captures.get(number - 1));
        List<SigningKey> keys = new ArrayList<>();
        String name = "";
        StringBuilder text = new StringBuilder();
        for (Line line : Lines.of(number, captures)) {
            if (line.has(HEAD)) {
                add(name, text, keys, gaps);
                name = line.text();
                text.setLength(0);
            } else if (name.isEmpty()) {
                throw line.refused("gpg-pubkey-…");
            } else {
                text.append(line.text()).append('\n');
            }
        }
        add(name, text, keys, gaps);
        return keys;
    }

    private static void add(
            String name, StringBuilder text, List<SigningKey> keys, List<Bilingual> gaps) {
        if (name.isEmpty()) {
            return;
        }
        KeyRings.parse(text.toString().getBytes(StandardCharsets.ISO_8859_1))
                .ifPresentOrElse(
                        rings -> rings.forEach(ring -> keys.add(KeyRings.key(ring, SOURCE))),
                        () ->
                                gaps.add(
                                        Bilingual.of(
                                                name + " cannot be read as a key",
                                                name + " 无法读取为密钥")));
    }
}
