package parley.tools.catalogue.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

class PackageToolTest {
    /// Systems as their os-release names them, with the package managers they ship.
    @ParameterizedTest
    @CsvSource({
        "debian, APT, APT",
        "ubuntu debian, APT, APT",
        "linuxmint ubuntu debian, APT, APT",
        "anolis rhel fedora centos, DNF YUM, DNF",
        "alinux rhel fedora centos anolis, DNF YUM, DNF",
        "alinux rhel fedora centos anolis, YUM, YUM",
        "centos rhel fedora, YUM, YUM",
        "centos rhel fedora, DNF YUM, DNF",
        "rhel fedora, DNF YUM, DNF",
        "rocky rhel centos fedora, DNF YUM, DNF",
        "almalinux rhel centos fedora, DNF YUM, DNF",
        "openeuler, DNF YUM, DNF",
        "fedora, DNF DNF5 YUM, DNF",
        "fedora, DNF5, DNF5",
        "opensuse-leap suse opensuse, ZYPPER, ZYPPER",
        "sles suse, ZYPPER, ZYPPER",
        "alpine, APK, APK",
        // foreign tools on a system that has its own
        "debian, APT DNF YUM ZYPPER, APT",
        "opensuse-leap suse opensuse, DNF ZYPPER, ZYPPER",
        // unknown systems: what is there decides, unless it contradicts itself
        "testbed, DNF YUM, DNF",
        "linux, APT, APT",
        "linux, APT DNF, none",
        "arch, '', none"
    })
    void theSystemAndWhatIsThereDecide(String ids, String present, String chosen) {
        Set<PackageTool> tools = EnumSet.noneOf(PackageTool.class);
        Stream.of(present.split(" "))
                .filter(name -> !name.isEmpty())
                .map(PackageTool::valueOf)
                .forEach(tools::add);
        assertEquals(
                chosen,
                PackageTool.choose(tools, List.of(ids.split(" ")))
                        .map(PackageTool::name)
                        .orElse("none"));
    }

    @ParameterizedTest
    @CsvSource({
        "APT, apt 2.6.1 (amd64), 2.6.1, APT",
        "DNF, 4.14.0, 4.14.0, DNF",
        "DNF, dnf5 version 5.2.6.2, 5.2.6.2, DNF5",
        "YUM, 3.4.3, 3.4.3, YUM3",
        "YUM, 4.7.0, 4.7.0, DNF",
        "ZYPPER, zypper 1.14.42, 1.14.42, ZYPPER",
        "APK, 'apk-tools 2.14.0, compiled for x86_64.', 2.14.0, APK"
    })
    void theVersionDecidesBetweenKin(String tool, String line, String version, String family)
            throws Unreadable {
        Capture capture =
                new Capture(
                        Argv.of("any", "--version"),
                        0,
                        line + "\n  Installed: something\n",
                        "",
                        line.length(),
                        false,
                        false,
                        Instant.EPOCH,
                        Duration.ZERO);
        String read = PackageTool.version(1, List.of(capture));
        assertEquals(version, read);
        assertEquals(family, PackageTool.valueOf(tool).family(read).name());
    }

    @Test
    void nothingThereIsNothingChosen() {
        assertEquals(
                Optional.empty(),
                PackageTool.choose(EnumSet.noneOf(PackageTool.class), List.of("debian")));
    }
}
