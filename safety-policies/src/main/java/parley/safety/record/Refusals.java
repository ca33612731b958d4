package parley.safety.record;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/// The words with which the record refuses: what, where, whose move, what instead.
final class Refusals {
    private Refusals() {}

    static RecordUnavailable of(String en, String zh) {
        return of(en, zh, null);
    }

    static RecordUnavailable of(String en, String zh, @Nullable Throwable cause) {
        return new RecordUnavailable(Bilingual.of(en, zh), cause);
    }

    /// Whether there was no room.
    static boolean isFull(RecordUnavailable refused) {
        Throwable cause = refused.getCause();
        return cause != null && isFull(String.valueOf(cause.getMessage()));
    }

    private static boolean isFull(String text) {
        return text.contains("No space left") || text.contains("Disk quota exceeded");
    }

    /// Reading or writing `path` failed.
    static RecordUnavailable io(Path path, Exception failure) {
        String text = String.valueOf(failure.getMessage());
        if (isFull(text)) {
            return of(
                    "the disk under the record is full ("
                            + path
                            + "): nothing runs until there is"
                            + " space; free some, then ask again",
                    "审计记录所在磁盘已满（" + path + "）：在腾出空间之前不会执行任何操作；请清理磁盘后重试",
                    failure);
        }
        if (failure instanceof ReadOnlyFileSystemException || text.contains("Read-only file")) {
            return of(
                    "the file system under the record is read-only ("
                            + path
                            + "): nothing runs;"
                            + " remount it writable (often it turned read-only after a disk error:"
                            + " see dmesg)",
                    "审计记录所在文件系统为只读（" + path + "）：不会执行任何操作；请重新以可写方式挂载" + "（常因磁盘错误变为只读，请查看 dmesg）",
                    failure);
        }
        if (failure instanceof AccessDeniedException) {
            return of(
                    "no permission for "
                            + path
                            + ": nothing runs without the record; make it"
                            + " yours: chmod u+rwX "
                            + path,
                    "没有访问 " + path + " 的权限：无法写审计记录就不会执行任何操作；请修正权限：chmod u+rwX " + path,
                    failure);
        }
        if (failure instanceof NoSuchFileException) {
            return of(
                    "a file of the record is gone: "
                            + path
                            + "; nothing runs; restore it from a"
                            + " backup, or look with: parley audit verify",
                    "审计记录的文件不见了：" + path + "；不会执行任何操作；请从备份恢复，或用 parley audit verify 查看",
                    failure);
        }
        return of(
                "the record could not be written ("
                        + path
                        + ": "
                        + text
                        + "): nothing runs; mend"
                        + " the disk or the path, then start Parley again",
                "无法写入审计记录（" + path + "：" + text + "）：不会执行任何操作；请修复磁盘或路径后重新启动 Parley",
                failure);
    }

    /// What is on disk contradicts what was signed or linked.
    static RecordUnavailable damaged(String where, String en, String zh) {
        return of(
                "the record is damaged at "
                        + where
                        + ": "
                        + en
                        + ". Parley adds nothing to a"
                        + " damaged record, so nothing runs. Look with: parley audit verify; then"
                        + " restore a backup, or move the folder aside to begin a new record",
                "审计记录在 "
                        + where
                        + " 处已损坏："
                        + zh
                        + "。Parley 不会向损坏的记录追加内容，因此不会执行任何操作。"
                        + "请先运行 parley audit verify 查看，然后从备份恢复，或把该目录移走以开始新的记录");
    }

    /// The message of a failure below our own types.
    static RecordUnavailable wrap(Path path, Throwable failure) {
        Throwable cause = failure.getCause();
        if (failure instanceof RecordUnavailable known) {
            return known;
        }
        if (cause instanceof RecordUnavailable known) {
            return known;
        }
        if (failure instanceof IOException io) {
            return io(path, io);
        }
        if (cause instanceof IOException io) {
            return io(path, io);
        }
        return io(path, new IOException(failure));
    }
}
