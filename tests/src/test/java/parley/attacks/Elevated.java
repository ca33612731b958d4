package parley.attacks;

import parley.tools.RootCommand;
import parley.tools.RootWords;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.RootPattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The commands that want root, and what an attacker makes of them.
public final class Elevated {
    private static final Map<String, List<List<String>>> ASKED = RootWords.all(Baselines::bases);

    private Elevated() {}

    /// Every command of the catalogue that wants root, by tool.
    public static Map<String, List<List<String>>> asked() {
        return ASKED;
    }

    /// One command of each form.
    public static Map<RootPattern, List<String>> samples() {
        Map<RootPattern, List<String>> samples = new LinkedHashMap<>();
        for (Tool<?, ?> tool : Catalogue.standard().all()) {
            for (RootCommand form : tool.rootCommands()) {
                RootPattern pattern = new RootPattern(form);
                ASKED.values().stream()
                        .flatMap(List::stream)
                        .filter(pattern::covers)
                        .findFirst()
                        .ifPresent(words -> samples.put(pattern, words));
            }
        }
        return samples;
    }

    /// A command with one word smuggled in.
    public record Smuggled(String payload, List<String> words) {
        /// Whether the payload is no attack there but what the tool may well be asked: `hello+` is
        /// the name of a package to everything but apt, and what is searched for is only text.
        public boolean isAValueThere() {
            boolean searched =
                    words.getFirst().equals("dnf")
                            && words.contains("-C")
                            && (words.contains("search") || words.contains("repoquery"));
            boolean apt = words.contains("apt-get");
            // What is looked for literally, behind the option that takes it, may be anything.
            boolean literal =
                    words.getFirst().equals("grep")
                            && words.contains("-F")
                            && words.get(words.indexOf("-e") + 1).equals(payload);
            // These print a certificate or a public key of a file, whichever it is.
            boolean certificate =
                    (words.getFirst().equals("sed") || words.getFirst().equals("openssl"))
                            && payload.startsWith("/")
                            && payload.indexOf(' ') < 0;
            return literal
                    || certificate
                    || ASKED.values().stream().anyMatch(all -> all.contains(words))
                    || switch (payload) {
                        case "hello+" -> !apt;
                        case "curl=1.0" -> apt && words.contains("install");
                        // Why a host is rebooted may be any one word.
                        case "curl-" ->
                                words.contains("--allow-downgrades")
                                        || searched
                                        || words.getFirst().equals("shutdown");
                        case "/tmp/x.deb" ->
                                searched
                                        || words.getFirst().equals("readlink")
                                        || words.getFirst().equals("ionice");
                        default -> searched && !payload.startsWith("-");
                    };
        }
    }

    /// Each payload in the place of each word but the program, and behind each word.
    public static List<Smuggled> smuggled(List<String> words) {
        List<Smuggled> all = new ArrayList<>();
        for (String payload : SmugglingTest.PAYLOADS) {
            for (int at = 1; at <= words.size(); at++) {
                List<String> longer = new ArrayList<>(words);
                longer.add(at, payload);
                all.add(new Smuggled(payload, List.copyOf(longer)));
                if (at < words.size()) {
                    List<String> other = new ArrayList<>(words);
                    other.set(at, payload);
                    all.add(new Smuggled(payload, List.copyOf(other)));
                }
            }
        }
        return all;
    }
}
