package parley.console.reach;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.Tag;

import parley.tools.Bilingual;
import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Host.Become;
import parley.tools.value.PackageName;
import parley.tools.value.Text;
import parley.tools.value.UnitName;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the entry of one host.
final class InventoryHost {
    private static final List<String> KEYS =
            List.of(
                    "address", "groups", "env", "aliases", "port", "user", "via", "become", "model",
                    "labels", "manages");
    private static final List<String> ENVIRONMENTS = List.of("dev", "staging", "prod");
    private static final String LOCALHOST = "localhost";
    private static final String GROUP = "[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,62}";
    private static final String ALIAS = "[\\p{L}\\p{N}][\\p{L}\\p{N}_.:-]{0,252}";
    private static final String USER = "[A-Za-z0-9_][A-Za-z0-9_.@\\\\-]{0,63}";

    private final YamlPlaces places;
    private final String name;
    private final Environment localEnvironment;

    InventoryHost(YamlPlaces places, String name, Environment localEnvironment) {
        this.places = places;
        this.name = name;
        this.localEnvironment = localEnvironment;
    }

    Host read(Node nameNode, Node value) throws BadInventory {
        Map<String, NodeTuple> keys =
                name.equals(LOCALHOST) && value.getTag().equals(Tag.NULL)
                        ? Map.of()
                        : places.map(value, "the host " + name, "主机 " + name, KEYS);
        Optional<String> address = address(nameNode, keys);
        Set<String> groups = words(keys, "groups", GROUP);
        return new Host(
                name,
                address,
                port(keys),
                matching(keys, "user", USER),
                word(keys, "via"),
                become(keys),
                environment(keys, groups, address.isEmpty()),
                groups,
                words(keys, "aliases", ALIAS),
                choice(keys, "model", List.of("allow", "deny")).orElse("allow").equals("allow"),
                labels(keys),
                manages(keys));
    }

    private Host.Manages manages(Map<String, NodeTuple> keys) throws BadInventory {
        NodeTuple entry = keys.get("manages");
        if (entry == null) {
            return Host.Manages.ANYTHING;
        }
        Map<String, NodeTuple> lists =
                places.map(
                        entry.getValueNode(),
                        "`manages`",
                        "`manages`",
                        List.of("units", "packages"));
        return new Host.Manages(
                words(lists, "units", pattern(UnitName.class)).stream()
                        .map(name -> new UnitName(name).full())
                        .collect(Collectors.toSet()),
                words(lists, "packages", pattern(PackageName.class)));
    }

    private static String pattern(Class<?> type) {
        return requireNonNull(type.getAnnotation(Text.class), "not a text").pattern();
    }

    private Optional<String> address(Node nameNode, Map<String, NodeTuple> keys)
            throws BadInventory {
        Optional<String> address =
                matching(keys, "address", "[\\p{L}\\p{N}_\\[:][\\p{L}\\p{N}_.:%\\]-]{0,252}");
        if (address.isEmpty() && !name.equals(LOCALHOST)) {
            throw places.at(
                    nameNode,
                    Bilingual.of("the host {0} has no address", "主机 {0} 没有地址", name),
                    Bilingual.of(
                            "Add address: NAME-OR-IP. Only `localhost` may do without: it is this"
                                    + " machine itself.",
                            "请加上 address: 主机名或 IP。只有 `localhost` 可以不写：它就是本机。"));
        }
        return address;
    }

    private Optional<Integer> port(Map<String, NodeTuple> keys) throws BadInventory {
        NodeTuple entry = keys.get("port");
        if (entry == null) {
            return Optional.empty();
        }
        String word = places.number(entry.getValueNode(), "`port`");
        if (!word.matches("[1-9][0-9]{0,4}") || Integer.parseInt(word) > 65535) {
            throw places.at(
                    entry.getValueNode(),
                    Bilingual.of(word + " is not a port", word + " 不是合法端口"),
                    Bilingual.of("Write a number from 1 to 65535.", "请写 1 到 65535 的数字。"));
        }
        return Optional.of(Integer.valueOf(word));
    }

    private Become become(Map<String, NodeTuple> keys) throws BadInventory {
        return choice(keys, "become", List.of("none", "sudo", "ask"))
                .map(word -> Become.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Become.SUDO);
    }

    /// A group of an environment's name sets it; to say something else beside it is a mistake.
    private Environment environment(Map<String, NodeTuple> keys, Set<String> groups, boolean local)
            throws BadInventory {
        Optional<String> said = choice(keys, "env", ENVIRONMENTS);
        List<String> named = ENVIRONMENTS.stream().filter(groups::contains).toList();
        NodeTuple place = keys.containsKey("env") ? keys.get("env") : keys.get("groups");
        if (named.size() > 1) {
            throw conflict(place, "groups " + String.join(", ", named), String.join("、", named));
        }
        if (said.isPresent() && !named.isEmpty() && !named.contains(said.get())) {
            throw conflict(
                    place,
                    "env " + said.get() + " and group " + named.getFirst(),
                    "env " + said.get() + " 与组 " + named.getFirst());
        }
        return said.or(() -> named.stream().findFirst())
                .map(word -> Environment.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(local ? localEnvironment : Environment.PROD);
    }

    private BadInventory conflict(@Nullable NodeTuple place, String what, String whatZh) {
        return places.at(
                place == null ? null : place.getKeyNode(),
                Bilingual.of(
                        "the host {0} is said to be two things: {1}",
                        "主机 {0} 的环境自相矛盾：{2}", name, what, whatZh),
                Bilingual.of(
                        "Leave one: a group named dev, staging or prod is the environment.",
                        "请只保留一个：名为 dev、staging 或 prod 的组就是环境。"));
    }

    private Map<String, String> labels(Map<String, NodeTuple> keys) throws BadInventory {
        Map<String, String> labels = new LinkedHashMap<>();
        NodeTuple entry = keys.get("labels");
        if (entry != null) {
            for (NodeTuple label : places.entries(entry.getValueNode(), "`labels`", "`labels`")) {
                labels.put(
                        places.word(label.getKeyNode(), "a label", "标签"),
                        places.scalar(label.getValueNode(), "a label's value", "标签的值"));
            }
        }
        return labels;
    }

    private Optional<String> word(Map<String, NodeTuple> keys, String key) throws BadInventory {
        NodeTuple entry = keys.get(key);
        return entry == null
                ? Optional.empty()
                : Optional.of(places.word(entry.getValueNode(), "`" + key + "`", "`" + key + "`"));
    }

    private static @Nullable Node value(Map<String, NodeTuple> keys, String key) {
        NodeTuple entry = keys.get(key);
        return entry == null ? null : entry.getValueNode();
    }

    private Optional<String> matching(Map<String, NodeTuple> keys, String key, String pattern)
            throws BadInventory {
        Optional<String> word = word(keys, key);
        if (word.isPresent() && !word.get().matches(pattern)) {
            throw notFit(value(keys, key), key, word.get());
        }
        return word;
    }

    private BadInventory notFit(@Nullable Node node, String key, String word) {
        return places.at(
                node,
                Bilingual.of("\"{0}\" does not fit `{1}`", "“{0}” 不适合作为 `{1}`", word, key),
                Bilingual.of(
                        "Use letters, digits and the usual signs of names; no spaces, not"
                                + " beginning with '-'.",
                        "请使用字母、数字和名称常用符号；不含空格，不以 “-” 开头。"));
    }

    private Optional<String> choice(Map<String, NodeTuple> keys, String key, List<String> words)
            throws BadInventory {
        Optional<String> word = word(keys, key);
        if (word.isPresent() && !words.contains(word.get())) {
            throw places.at(
                    value(keys, key),
                    Bilingual.of("`{0}` cannot be \"{1}\"", "`{0}` 不能是 “{1}”", key, word.get()),
                    Bilingual.of(
                            "Use one of: " + String.join(", ", words) + ".",
                            "可用的值：" + String.join("、", words) + "。"));
        }
        return word;
    }

    private Set<String> words(Map<String, NodeTuple> keys, String key, String pattern)
            throws BadInventory {
        Set<String> words = new LinkedHashSet<>();
        NodeTuple entry = keys.get(key);
        if (entry != null) {
            for (Node node : places.list(entry.getValueNode(), "`" + key + "`")) {
                String word = places.word(node, "each of `" + key + "`", "`" + key + "` 的每一项");
                if (!word.matches(pattern)) {
                    throw notFit(node, key, word);
                }
                words.add(word);
            }
        }
        return words;
    }
}
