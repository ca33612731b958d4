package parley.console.reach;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import parley.tools.Bilingual;

import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Typed access to the nodes of a YAML file; whatever is wrong is an error with file, line, column,
/// the line itself and a caret.
record YamlPlaces(Path file, String text) {
    Reader reader() {
        return new StringReader(text);
    }

    /// The error at `node`.
    BadInventory at(@Nullable Node node, Bilingual what, Bilingual instead) {
        return node == null ? at(0, 0, what, instead) : at(node.getStartMark(), what, instead);
    }

    private BadInventory at(Mark mark, Bilingual what, Bilingual instead) {
        return at(mark.getLine(), mark.getColumn(), what, instead);
    }

    private BadInventory at(int line, int column, Bilingual what, Bilingual instead) {
        List<String> lines = text.lines().toList();
        String shown = line < lines.size() ? lines.get(line).replace('\t', ' ') : "";
        String place = file + ":" + (line + 1) + ":" + (column + 1) + ": ";
        String caret = "\n    " + shown + "\n    " + " ".repeat(width(shown, column)) + "^\n";
        return new BadInventory(
                Bilingual.of(
                        place + what.en() + caret + instead.en(),
                        place + what.zh() + caret + instead.zh()));
    }

    /// How many columns the characters before `column` take: wide ones take two.
    private static int width(String shown, int column) {
        return shown.codePoints()
                .limit(column)
                .map(point -> (point >= 0x2E80 && point <= 0xFFE6) || point >= 0x1F300 ? 2 : 1)
                .sum();
    }

    BadInventory syntax(YAMLException bad) {
        String said = bad instanceof MarkedYAMLException marked ? marked.getProblem() : null;
        String words = said == null ? String.valueOf(bad.getMessage()) : said;
        Mark mark = bad instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
        Bilingual what = Bilingual.of("not YAML: " + words, "不是合法的 YAML：" + words);
        Bilingual instead =
                Bilingual.of(
                        "Mend the line; indent with spaces, not tabs.", "请修正这一行；缩进用空格，不要用制表符。");
        return mark == null ? at((Node) null, what, instead) : at(mark, what, instead);
    }

    /// The entries of a mapping, in their order.
    List<NodeTuple> entries(@Nullable Node node, String what, String whatZh) throws BadInventory {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        throw at(
                node,
                Bilingual.of(
                        "{0} is not a mapping{1}",
                        "{2}不是键值映射{3}", what, found(node), whatZh, foundZh(node)),
                Bilingual.of("Write it as KEY: VALUE pairs.", "请写成 “键: 值” 的形式。"));
    }

    /// A mapping with no other keys than `known`, none of them twice.
    Map<String, NodeTuple> map(@Nullable Node node, String what, String whatZh, List<String> known)
            throws BadInventory {
        Map<String, NodeTuple> found = new LinkedHashMap<>();
        for (NodeTuple entry : entries(node, what, whatZh)) {
            String key = scalar(entry.getKeyNode(), "a key", "键");
            if (!known.contains(key)) {
                throw unknownKey(entry.getKeyNode(), key, known);
            }
            if (found.put(key, entry) != null) {
                throw at(
                        entry.getKeyNode(),
                        Bilingual.of("`{0}` is there twice", "`{0}` 出现两次", key),
                        Bilingual.of("Remove one of the two.", "请删去其中一个。"));
            }
        }
        return found;
    }

    private BadInventory unknownKey(Node node, String key, List<String> known) {
        Optional<String> near =
                known.stream()
                        .filter(word -> distance(word, key) <= 2)
                        .min((one, two) -> distance(one, key) - distance(two, key));
        String all = String.join(", ", known);
        return at(
                node,
                Bilingual.of("unknown key \"{0}\"", "未知的键 “{0}”", key),
                Bilingual.of(
                        near.map(word -> "Did you mean `" + word + "`? ").orElse("")
                                + "Known keys: "
                                + all
                                + ".",
                        near.map(word -> "是否想写 `" + word + "`？").orElse("") + "可用的键：" + all + "。"));
    }

    private static int distance(String one, String two) {
        int[] row = new int[two.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            int diagonal = i == 0 ? 0 : row[0];
            for (int j = 0; j <= two.length(); j++) {
                int above = row[j];
                if (i == 0 || j == 0) {
                    row[j] = i + j;
                } else {
                    int same = one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1;
                    row[j] = Math.min(diagonal + same, Math.min(above, row[j - 1]) + 1);
                }
                diagonal = above;
            }
        }
        return row[two.length()];
    }

    List<Node> list(Node node, String what) throws BadInventory {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw at(
                node,
                Bilingual.of(
                        "{0} is not a list{1}", "{0} 不是列表{2}", what, found(node), foundZh(node)),
                Bilingual.of("Write it as [one, two].", "请写成 [one, two]。"));
    }

    /// Text: a word that YAML does not take for a number, a truth value or nothing.
    String word(Node node, String what, String whatZh) throws BadInventory {
        if (node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.STR)
                && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw at(
                node,
                Bilingual.of(
                        "{0} is not text{1}",
                        "{2}不是文本{3}", what, found(node), whatZh, foundZh(node)),
                Bilingual.of("Put it in quotes if it is meant so.", "如确实如此，请加引号。"));
    }

    String number(Node node, String what) throws BadInventory {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            return scalar.getValue();
        }
        throw at(
                node,
                Bilingual.of(
                        "{0} is not a number{1}", "{0} 不是数字{2}", what, found(node), foundZh(node)),
                Bilingual.of("Write digits without quotes.", "请写不带引号的数字。"));
    }

    String scalar(Node node, String what, String whatZh) throws BadInventory {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw at(
                node,
                Bilingual.of(
                        "{0} is not a single value{1}",
                        "{2}不是单个值{3}", what, found(node), whatZh, foundZh(node)),
                Bilingual.of("Write one word or text.", "请写一个词或一段文本。"));
    }

    private static String found(@Nullable Node node) {
        return ", but " + kind(node).en();
    }

    private static String foundZh(@Nullable Node node) {
        return "，而是" + kind(node).zh();
    }

    private static Bilingual kind(@Nullable Node node) {
        return switch (node) {
            case null -> Bilingual.of("empty", "空的");
            case MappingNode ignored -> Bilingual.of("a mapping", "键值映射");
            case SequenceNode ignored -> Bilingual.of("a list", "列表");
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) ->
                    Bilingual.of("empty", "空的");
            case ScalarNode scalar -> Bilingual.of("\"{0}\"", "“{0}”", scalar.getValue());
            default -> Bilingual.of("something else", "其他内容");
        };
    }
}
