package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

import parley.tools.Bilingual;
import parley.tools.Environment;
import parley.tools.Host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads one `inventory.yaml`. Nothing in it is passed over: what is not understood is an error
/// with its place.
final class InventoryFile {
    private static final long MOST_BYTES = 8L * 1024 * 1024;
    private static final int MOST_VIA = 4;

    private final YamlPlaces places;
    private final List<Host> before;
    private final Environment localEnvironment;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, Node> hostNodes = new LinkedHashMap<>();
    private final Map<String, String> owners = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private InventoryFile(YamlPlaces places, List<Host> before, Environment localEnvironment) {
        this.places = places;
        this.before = before;
        this.localEnvironment = localEnvironment;
    }

    /// @param before hosts that are there already and that this file may only add to
    /// @param localEnvironment what `localhost` is when it does not say
    static List<Host> read(Path file, List<Host> before, Environment localEnvironment)
            throws BadInventory {
        YamlPlaces places = new YamlPlaces(file, text(file));
        Node root;
        try {
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(Math.toIntExact(MOST_BYTES));
            root = new Yaml(options).compose(places.reader());
        } catch (YAMLException bad) {
            throw places.syntax(bad);
        }
        return new InventoryFile(places, before, localEnvironment).all(root);
    }

    private static String text(Path file) throws BadInventory {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
        } catch (CharacterCodingException notText) {
            throw BadInventory.unreadable(file, new IOException("it is not UTF-8", notText));
        } catch (IOException failure) {
            throw BadInventory.unreadable(file, failure);
        }
    }

    private List<Host> all(Node root) throws BadInventory {
        for (Host host : before) {
            claim(host, null);
        }
        Map<String, NodeTuple> top = places.map(root, "the inventory", "清单", List.of("hosts"));
        NodeTuple list = top.get("hosts");
        if (list == null) {
            throw places.at(
                    root,
                    Bilingual.of("there is no `hosts`", "缺少 `hosts`"),
                    Bilingual.of(
                            "Write hosts: {web-1: {address: 10.0.0.11}}",
                            "请写成 hosts: {web-1: {address: 10.0.0.11}}"));
        }
        for (NodeTuple entry : places.entries(list.getValueNode(), "`hosts`", "`hosts`")) {
            add(entry);
        }
        checkVia();
        return new ArrayList<>(hosts.values());
    }

    private void add(NodeTuple entry) throws BadInventory {
        Node nameNode = entry.getKeyNode();
        String name = places.word(nameNode, "a host's name", "主机名");
        if (!name.matches("[a-z0-9][a-z0-9.-]{0,62}")) {
            throw places.at(
                    nameNode,
                    Bilingual.of("\"{0}\" is not a host name", "“{0}” 不是合法的主机名", name),
                    Bilingual.of(
                            "Use lower-case letters, digits, '-' and '.', at most 63, beginning"
                                    + " with a letter or digit.",
                            "请使用小写字母、数字、“-” 和 “.”，最多 63 个字符，以字母或数字开头。"));
        }
        if (hosts.containsKey(name)) {
            throw places.at(
                    nameNode,
                    Bilingual.of("the host \"{0}\" is there twice", "主机 “{0}” 出现两次", name),
                    Bilingual.of("Remove one of the two.", "请删去其中一个。"));
        }
        Host host =
                new InventoryHost(places, name, localEnvironment)
                        .read(nameNode, entry.getValueNode());
        claim(host, nameNode);
        hosts.put(name, host);
        hostNodes.put(name, entry.getValueNode());
    }

    /// A name, alias or address may stand for one host only.
    private void claim(Host host, @Nullable Node node) throws BadInventory {
        List<String> names = new ArrayList<>(host.aliases().stream().sorted().toList());
        names.addFirst(host.name());
        host.address().filter(address -> !address.equals(host.name())).ifPresent(names::add);
        for (String name : names) {
            String other = owners.putIfAbsent(name, host.name());
            if (other != null && node != null) {
                boolean managed = before.stream().anyMatch(known -> known.name().equals(other));
                throw places.at(
                        node,
                        Bilingual.of(
                                "\"{0}\" already stands for the host {1}",
                                "“{0}” 已经代表主机 {1}", name, other),
                        managed
                                ? Bilingual.of(
                                        "That host is in the managed inventory, which this file"
                                                + " may only add to. Choose another name.",
                                        "该主机在受管清单中，本文件只能新增主机。请改用其他名称。")
                                : Bilingual.of(
                                        "A name, alias or address may stand for one host only.",
                                        "一个名称、别名或地址只能代表一台主机。"));
            }
        }
    }

    private void checkVia() throws BadInventory {
        for (Host host : hosts.values()) {
            Host at = host;
            for (int jumps = 0; at.via().isPresent(); jumps++) {
                String via = at.via().get();
                Optional<Host> next =
                        Optional.ofNullable(hosts.get(via))
                                .or(() ->
                                        before.stream()
                                                .filter(one -> one.name().equals(via))
                                                .findFirst());
                Node node = hostNodes.get(host.name());
                if (next.isEmpty() || next.get().isLocal()) {
                    throw places.at(
                            node,
                            Bilingual.of(
                                    "the jump host \"{0}\" is not in the inventory",
                                    "跳板机 “{0}” 不在清单中", via),
                            Bilingual.of(
                                    "`via` takes the name of another host of the inventory.",
                                    "`via` 须写清单中另一台主机的名称。"));
                }
                if (jumps >= MOST_VIA) {
                    throw places.at(
                            node,
                            Bilingual.of(
                                    "the jump hosts of {0} go in a circle",
                                    "{0} 的跳板机形成了环", host.name()),
                            Bilingual.of(
                                    "At most {0} jump hosts in a row.",
                                    "最多连续 {0} 台跳板机。", MOST_VIA));
                }
                at = next.get();
            }
        }
    }
}
