package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Family;
import parley.tools.Next;
import parley.tools.Platform;

/// The answer of a tool that does not speak the host's package manager.
public final class Unsupported {
    private Unsupported() {}

    public static Next.NotSupported on(Platform platform) {
        return new Next.NotSupported(
                platform.family() == Family.UNKNOWN
                        ? Bilingual.of(
                                "this host's package manager is not known; apt and dnf are"
                                        + " supported",
                                "无法识别该主机的软件包管理器；目前支持 apt 和 dnf")
                        : Bilingual.of(
                                "this host uses {0}, which is not supported yet; apt and dnf are",
                                "该主机使用 {0}，目前尚不支持；支持 apt 和 dnf", platform.family().word()));
    }
}
