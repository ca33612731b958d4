package parley.safety.record.index;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

/// The index cannot be made or read. The record itself is not touched by that.
public final class IndexUnusable extends Exception {
    private final transient Bilingual why;

    IndexUnusable(String file, Exception cause) {
        super(file + ": " + cause.getMessage(), cause);
        this.why =
                requireNonNull(
                        Bilingual.of(
                                "the search index {0} cannot be used ({1}); it may be deleted, it"
                                        + " is made again by itself",
                                "搜索索引 {0} 无法使用（{1}）；可以删除它，之后会自动重建", file, cause.getMessage()),
                        "why is null");
    }

    public Bilingual why() {
        return why;
    }
}
