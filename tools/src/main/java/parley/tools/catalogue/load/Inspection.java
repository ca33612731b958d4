package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;
import parley.tools.value.Pid;

import java.util.List;
import java.util.Optional;

/// What is known of one process. What was closed to the user is empty and told as a gap.
///
/// @param exe its program; empty for a kernel thread
/// @param deletedExe whether the program's file was replaced or deleted since the start
/// @param packageName the package that owns the program's file; empty when none does
/// @param parent the process that started it, or adopted it
/// @param swapped its memory that lies in swap
/// @param pss its memory, shared pages counted in parts
/// @param openFiles how many files, sockets and pipes it has open
/// @param openFilesLimit how many it may have open
/// @param oomScore how likely the kernel kills it first when memory runs out, 0 to 2000
/// @param listening `tcp 0.0.0.0:80`
/// @param deletedFiles open files that have no name any more
/// @param kernelStack where it is in the kernel, innermost first
/// @param kernelThread whether it is part of the kernel, so that no signal reaches it
/// @param ownSession whether it belongs to the session that asked
public record Inspection(
        @Means(en = "process", zh = "进程") RunningProcess process,
        @Means(en = "program", zh = "程序文件") Optional<HostText> exe,
        @Means(en = "program replaced", zh = "程序文件已被替换") boolean deletedExe,
        @Means(en = "package", zh = "软件包") Optional<HostText> packageName,
        @Means(en = "parent", zh = "父进程") Optional<Pid> parent,
        @Means(en = "control group", zh = "控制组") Optional<HostText> cgroup,
        @Means(en = "largest ever", zh = "内存峰值") Optional<Bytes> peakRss,
        @Means(en = "own share", zh = "按份内存") Optional<Bytes> pss,
        @Means(en = "swapped", zh = "已换出") Optional<Bytes> swapped,
        @Means(en = "open files", zh = "打开文件数") Optional<Long> openFiles,
        @Means(en = "may open", zh = "打开文件上限") Optional<Long> openFilesLimit,
        @Means(en = "of that limit", zh = "占上限") Optional<Percent> openFilesPct,
        @Means(en = "oom score", zh = "OOM 分数") Optional<Long> oomScore,
        @Means(en = "oom adjustment", zh = "OOM 调整") Optional<Long> oomScoreAdj,
        @Means(en = "read from disks", zh = "累计读盘") Optional<Bytes> readBytes,
        @Means(en = "written to disks", zh = "累计写盘") Optional<Bytes> writtenBytes,
        @Means(en = "listens on", zh = "监听") List<HostText> listening,
        @Means(en = "deleted files open", zh = "已删除的打开文件") List<HostText> deletedFiles,
        @Means(en = "limits", zh = "限制") List<ProcessLimit> limits,
        @Means(en = "kernel stack", zh = "内核栈") List<HostText> kernelStack,
        @Means(en = "kernel thread", zh = "内核线程") boolean kernelThread,
        @Means(en = "own session", zh = "本会话") boolean ownSession,
        @Means(en = "evidence", zh = "出处") List<Finding.Lines> evidence) {
    public Inspection {
        requireNonNull(process, "process is null");
        requireNonNull(exe, "exe is null");
        requireNonNull(packageName, "packageName is null");
        requireNonNull(parent, "parent is null");
        requireNonNull(cgroup, "cgroup is null");
        requireNonNull(peakRss, "peakRss is null");
        requireNonNull(pss, "pss is null");
        requireNonNull(swapped, "swapped is null");
        requireNonNull(openFiles, "openFiles is null");
        requireNonNull(openFilesLimit, "openFilesLimit is null");
        requireNonNull(openFilesPct, "openFilesPct is null");
        requireNonNull(oomScore, "oomScore is null");
        requireNonNull(oomScoreAdj, "oomScoreAdj is null");
        requireNonNull(readBytes, "readBytes is null");
        requireNonNull(writtenBytes, "writtenBytes is null");
        listening = List.copyOf(listening);
        deletedFiles = List.copyOf(deletedFiles);
        limits = List.copyOf(limits);
        kernelStack = List.copyOf(kernelStack);
        evidence = List.copyOf(evidence);
    }

    /// One row of `/proc/PID/limits`.
    ///
    /// @param soft in force; `unlimited` or a number
    /// @param hard how far the process itself may raise it
    public record ProcessLimit(
            @Means(en = "limit", zh = "限制") HostText name,
            @Means(en = "in force", zh = "当前") HostText soft,
            @Means(en = "at most", zh = "最大") HostText hard) {
        public ProcessLimit {
            requireNonNull(name, "name is null");
            requireNonNull(soft, "soft is null");
            requireNonNull(hard, "hard is null");
        }
    }
}
