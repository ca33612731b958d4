package parley.console.reach;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

import java.io.IOException;
import java.nio.file.Path;

/// The inventory cannot be used. Nothing can be reached before it is mended.
public final class BadInventory extends Exception {
    private final transient Bilingual why;

    BadInventory(Bilingual why) {
        super(why.en());
        this.why = requireNonNull(why, "why is null");
    }

    /// What is wrong in which file, line and column, with that line and a caret, and what instead.
    public Bilingual why() {
        return why;
    }

    static BadInventory unreadable(Path file, IOException failure) {
        String said = failure.getMessage() + " (" + failure.getClass().getSimpleName() + ")";
        return new BadInventory(
                Bilingual.of(
                        "The inventory {0} cannot be read: {1}. Check who may read it.",
                        "无法读取清单 {0}：{1}。请检查文件的读取权限。", file, said));
    }
}
