package parley.stories;

import static parley.stories.Family.APT;
import static parley.stories.Family.DNF;

import java.util.List;

/// Hosts that are slow, and what takes their memory.
final class LoadTroubles {
    private static final String EN = "why is HOST so slow?";
    private static final String ZH = "HOST 为什么这么慢？";

    private LoadTroubles() {}

    static List<Trouble> all() {
        return List.of(
                Trouble.of(
                                "process that burns a processor",
                                APT,
                                new Fault.Named("cpu-runaway"),
                                "host-slow",
                                EN,
                                ZH,
                                "report-builder",
                                "report-builder",
                                "report-builder|some avg10")
                        .inBrief(),
                Trouble.of(
                        "processor quota",
                        DNF,
                        new Fault.Named("slow-cpu"),
                        "host-slow",
                        EN,
                        ZH,
                        "held back by its CPU quota of 3 %",
                        "受 CPU 配额（3 %）限制",
                        "nr_throttled"),
                Trouble.of(
                        "memory leak",
                        APT,
                        new Fault.Named("memory-leak"),
                        "oom",
                        "why is HOST out of memory?",
                        "HOST 内存溢出，什么原因",
                        "session-cache.service .*grows",
                        "session-cache.service.*在增长",
                        "session-cache"),
                Trouble.of(
                        "killed for memory, unit not named",
                        DNF,
                        new Fault.Named("unit-killed-for-memory"),
                        "oom",
                        "why was something killed for memory on HOST?",
                        "HOST 内存不足被杀，查一下原因",
                        "image-resizer.service was killed for its memory limit of 32 MiB",
                        "image-resizer.service 因内存上限 32 MiB 被终止",
                        "MemoryMax=32M"),
                Trouble.of(
                                "slow link",
                                APT,
                                new Fault.Named("slow-network"),
                                "host-slow",
                                EN,
                                ZH,
                                "of the TCP segments had to be sent again",
                                "TCP 段重传率",
                                "Tcp")
                        .knownToBeMissed(
                                "the limit is outside of the host, which itself counts no loss"),
                Trouble.of(
                                "zombies",
                                DNF,
                                new Fault.Named("zombies"),
                                "host-slow",
                                EN,
                                ZH,
                                "[Zz]ombie",
                                "僵尸",
                                "job-runner")
                        .knownToBeMissed("they slow nothing down, and no tool counts them"));
    }
}
