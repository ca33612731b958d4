package parley.tools.catalogue.supply;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// Files of installed packages that are not as they were packaged.
///
/// @param checked packages that were looked at; empty when it was all of them
/// @param notInstalled packages that were asked about and are not there
/// @param files those that differ, but for documentation that was left out
/// @param documentation how many documentation files are missing: images often leave them out
/// @param more how many further files differ
public record ChangedFiles(
        @Means(en = "packages checked", zh = "已检查的软件包") List<HostText> checked,
        @Means(en = "not installed", zh = "未安装") List<HostText> notInstalled,
        @Means(en = "changed files", zh = "变动的文件") List<Changed> files,
        @Means(en = "documentation left out", zh = "未安装的文档") long documentation,
        @Means(en = "more", zh = "其余") long more) {
    /// In what a file differs.
    public enum Difference {
        @Means(en = "missing", zh = "缺失")
        MISSING,
        @Means(en = "contents", zh = "内容")
        DIGEST,
        @Means(en = "size", zh = "大小")
        SIZE,
        @Means(en = "mode", zh = "权限")
        MODE,
        @Means(en = "owner", zh = "属主")
        OWNER,
        @Means(en = "group", zh = "属组")
        GROUP,
        @Means(en = "device", zh = "设备号")
        DEVICE,
        @Means(en = "link", zh = "链接目标")
        LINK,
        @Means(en = "capabilities", zh = "能力位")
        CAPABILITIES,
        @Means(en = "time", zh = "修改时间")
        MTIME
    }

    /// @param owner the package it belongs to, where that could be found out
    /// @param config whether it is a configuration file, which is made to be changed
    public record Changed(
            @Means(en = "path", zh = "路径") HostText path,
            @Means(en = "package", zh = "软件包") Optional<HostText> owner,
            @Means(en = "configuration", zh = "配置文件") boolean config,
            @Means(en = "differs in", zh = "差异") List<Difference> changes,
            @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
        public Changed {
            requireNonNull(path, "path is null");
            requireNonNull(owner, "owner is null");
            changes = List.copyOf(changes);
            requireNonNull(evidence, "evidence is null");
        }

        boolean isMissing() {
            return changes.contains(Difference.MISSING);
        }

        boolean hasOtherContents() {
            return changes.contains(Difference.DIGEST) || changes.contains(Difference.SIZE);
        }

        /// Whether only the time differs, which says nothing about what is in it.
        boolean isTouched() {
            return changes.equals(List.of(Difference.MTIME));
        }
    }

    public ChangedFiles {
        checked = List.copyOf(checked);
        notInstalled = List.copyOf(notInstalled);
        files = List.copyOf(files);
    }
}
