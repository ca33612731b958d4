package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with packages, in sentences.
final class RepairWords {
    private static final int MOST = 10;

    private RepairWords() {}

    static List<Bilingual> all(RepairNeeds needs) {
        List<Bilingual> lines = new ArrayList<>();
        if (!needs.broken().isEmpty()) {
            String names =
                    joined(
                            needs.broken().stream()
                                    .map(one -> one.name() + " (" + one.state().word() + ")")
                                    .toList());
            lines.add(Bilingual.of("not fully installed: " + names, "未完整安装：" + names));
        }
        if (!needs.unmet().isEmpty()) {
            String names = joined(texts(needs.unmet()));
            lines.add(Bilingual.of("dependencies are not met: " + names, "依赖未满足：" + names));
        }
        if (!needs.duplicates().isEmpty()) {
            String names = joined(texts(needs.duplicates()));
            lines.add(Bilingual.of("installed twice: " + names, "重复安装：" + names));
        }
        needs.database()
                .ifPresent(why ->
                        lines.add(
                                Bilingual.of(
                                        "rpm's database is not sound: " + why,
                                        "rpm 数据库已损坏：" + why)));
        return lines;
    }

    private static List<String> texts(List<HostText> texts) {
        return texts.stream().map(HostText::value).toList();
    }

    static String joined(List<String> names) {
        return names.stream().limit(MOST).collect(Collectors.joining(", "))
                + (names.size() > MOST ? ", …" : "");
    }
}
