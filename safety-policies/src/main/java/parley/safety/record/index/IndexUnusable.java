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
                                "the search index "
                                        + file
                                        + " cannot be used ("
                                        + cause.getMessage()
                                        + "); it may be deleted, it is made again by itself",
                                "搜索索引 " + file + " 无法使用（" + cause.getMessage() + "）；可以删除它，之后会自动重建"),
                        "why is null");
    }

    public Bilingual why() {
        return why;
    }
}
