package parley.console.report;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Recorded;
import parley.safety.record.export.Selection;
import parley.safety.record.story.Telling;

import java.util.List;

/// What the page is made of and what it does not prove.
final class AboutSection {
    private static final int MOST_OWN = 500;

    private final Page page;
    private final ObjectNode manifest;
    private final Selection selection;

    AboutSection(Page page, ObjectNode manifest, Selection selection) {
        this.page = page;
        this.manifest = manifest;
        this.selection = selection;
    }

    /// @param own entries of no request
    void write(List<Recorded> own) {
        page.open("section", "id", "about");
        page.open("h2").both("About this report", "关于本报告").close();
        page.open("p");
        page.both(
                "This page shows what the record says. The proof is the record itself: export the"
                        + " same part as a bundle and verify it offline.",
                "本页展示记录的内容。真正的证据是记录本身：请用相同条件导出证据包，并离线验证。");
        page.close();
        page.leaf(
                "pre",
                "parley audit export --format bundle --out evidence.zip …\n"
                        + "parley audit verify-bundle evidence.zip --key '"
                        + manifest.path("origin").asText()
                        + "'");
        page.open("dl");
        fact("filter", "筛选条件", filter());
        fact("entries shown", "显示的条目", manifest.path("entries").asText());
        fact("requests", "请求", manifest.path("runs").asText());
        fact(
                "record up to",
                "记录截至",
                "entry "
                        + (manifest.path("size").asLong() - 1)
                        + " · 条目 "
                        + (manifest.path("size").asLong() - 1));
        fact("not signed yet", "尚未签名", manifest.path("uncovered").asText());
        fact("key of the record", "记录公钥", manifest.path("origin").asText());
        fact("made by", "导出者", manifest.path("about").path("exporter").asText());
        fact("made at", "导出时间", manifest.path("about").path("time").asText());
        fact("made with", "软件", manifest.path("about").path("software").asText());
        page.close();
        page.open("h3").both("Checkpoint", "检查点").close();
        page.leaf("pre", selection.checkpoint());
        own(own);
        page.close().line();
    }

    private String filter() {
        return manifest.path("filter").isEmpty()
                ? "everything · 全部"
                : manifest.path("filter").toString();
    }

    private void fact(String en, String zh, String value) {
        page.open("dt").both(en, zh).close().leaf("dd", value);
    }

    private void own(List<Recorded> own) {
        if (own.isEmpty()) {
            return;
        }
        page.open("details").open("summary");
        page.both("The record's own entries, and who looked into it", "记录自身的条目，以及谁查阅过记录");
        page.leaf("span", Integer.toString(own.size()), "class", "pill").close();
        page.open("ol", "class", "own");
        for (Recorded entry : own.subList(Math.max(0, own.size() - MOST_OWN), own.size())) {
            page.open("li", "id", "e" + entry.sequence());
            page.leaf("code", Long.toString(entry.sequence()), "class", "num");
            page.text(" " + entry.time().toString().substring(0, 19).replace('T', ' ') + " ");
            page.both(Telling.of(entry, "")).close();
        }
        page.close();
        if (own.size() > MOST_OWN) {
            page.leaf("p", "(+" + (own.size() - MOST_OWN) + ")");
        }
        page.close();
    }
}
