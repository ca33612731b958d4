package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What the SSH server lets in, as it really works.
///
/// Source: `sshd -T`, the effective settings outside `Match` blocks, which may differ for some
/// users or addresses.
///
/// @param rootLogin `no`, `yes`, `prohibit-password`, `forced-commands-only`
/// @param weak ciphers, MACs and key exchanges that are no longer safe
public record SshSettings(
        @Means(en = "root may log in", zh = "root 登录") HostText rootLogin,
        @Means(en = "passwords", zh = "密码登录") boolean passwords,
        @Means(en = "empty passwords", zh = "空密码登录") boolean emptyPasswords,
        @Means(en = "weak algorithms", zh = "弱算法") List<HostText> weak) {
    private static final List<String> ALGORITHMS = List.of("ciphers", "macs", "kexalgorithms");
    private static final Pattern WEAK =
            Pattern.compile(".*(?:arcfour|3des|blowfish|cast128|-cbc|md5|group1-sha1|none).*");

    public SshSettings {
        requireNonNull(rootLogin, "rootLogin is null");
        weak = List.copyOf(weak);
    }

    static Argv show() {
        return Argv.of("sshd", "-T").betterAsRoot().alsoReadableWhenExit(1, 127, 255);
    }

    /// @throws Unreadable when a setting is not there
    static SshSettings read(Argv argv, List<Line> lines) throws Unreadable {
        Map<String, String> settings = new HashMap<>();
        for (Line line : lines) {
            List<String> words = line.words(1, 2, "a setting and its value");
            settings.putIfAbsent(words.getFirst(), words.size() > 1 ? words.get(1) : "");
        }
        List<HostText> weak = new ArrayList<>();
        for (String kind : ALGORITHMS) {
            Arrays.stream(settings.getOrDefault(kind, "").split(","))
                    .filter(name -> WEAK.matcher(name).matches())
                    .map(HostText::new)
                    .forEach(weak::add);
        }
        return new SshSettings(
                new HostText(need(argv, settings, "permitrootlogin")),
                need(argv, settings, "passwordauthentication").equals("yes"),
                need(argv, settings, "permitemptypasswords").equals("yes"),
                weak);
    }

    private static String need(Argv argv, Map<String, String> settings, String name)
            throws Unreadable {
        String value = settings.get(name);
        if (value == null) {
            throw Unreadable.line(argv, 1, "the setting " + name, "none");
        }
        return value;
    }
}
