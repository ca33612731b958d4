package parley.tools.catalogue.storage;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Pid;

import java.util.Optional;

/// A file that has no name any more and keeps its space because a process holds it open.
///
/// @param pid of several holders the one with the lowest number
/// @param unit the systemd unit of that process; empty when it has none
/// @param path where it was
/// @param mount the filesystem that holds its space, by the path; empty when the path tells none
/// @param bytes on disk
/// @param length less or more than `bytes`, where the file has holes or the end of a block is free
/// @param holders how many processes hold it open
public record DeletedFile(
        @Means(en = "process", zh = "进程号") Pid pid,
        @Means(en = "program", zh = "程序") HostText cmd,
        @Means(en = "user", zh = "用户") HostText user,
        @Means(en = "unit", zh = "单元") Optional<HostText> unit,
        @Means(en = "path", zh = "路径") HostText path,
        @Means(en = "filesystem", zh = "文件系统") Optional<HostText> mount,
        @Means(en = "on disk", zh = "占用") Bytes bytes,
        @Means(en = "length", zh = "长度") Bytes length,
        @Means(en = "held by processes", zh = "持有进程数") long holders,
        @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
    public DeletedFile {
        requireNonNull(pid, "pid is null");
        requireNonNull(cmd, "cmd is null");
        requireNonNull(user, "user is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(path, "path is null");
        requireNonNull(mount, "mount is null");
        requireNonNull(bytes, "bytes is null");
        requireNonNull(length, "length is null");
        requireNonNull(evidence, "evidence is null");
    }
}
