package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// [PackageVerifyFiles] on Debian and its kin. A package without a list of checksums passes `dpkg
/// -V` unseen: that is a gap.
final class VerifyFilesApt {
    private static final List<String> CRITICAL =
            List.of(
                    "apt",
                    "bash",
                    "coreutils",
                    "dash",
                    "dpkg",
                    "gpgv",
                    "iproute2",
                    "libc6",
                    "libpam-modules",
                    "libpam-runtime",
                    "libpam0g",
                    "libssl3",
                    "login",
                    "openssh-client",
                    "openssh-server",
                    "openssl",
                    "passwd",
                    "procps",
                    "sudo",
                    "systemd",
                    "util-linux");
    private static final int INSTALLED = 1;
    private static final int SUMS = 2;
    private static final int VERIFIED = 3;
    private static final int OWNERS = 4;

    private VerifyFilesApt() {}

    /// The commands known so far.
    static List<Argv> commands(PackageVerifyFiles.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<String> wanted = arguments.wanted(CRITICAL);
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "dpkg-query",
                                "-W",
                                "-f",
                                "${Package}|${binary:Package}|${db:Status-Abbrev}\\n",
                                "--"));
        words.addAll(wanted);
        List<Argv> commands = new ArrayList<>();
        commands.add(Argv.of(words).keeping(1024 * 1024).alsoReadableWhenExit(1));
        commands.add(
                Argv.of(
                                "find",
                                "/var/lib/dpkg/info",
                                "-maxdepth",
                                "1",
                                "-name",
                                "*.md5sums",
                                "-printf",
                                "%f\\n")
                        .keeping(1024 * 1024));
        if (soFar.size() >= SUMS) {
            List<String> there = List.copyOf(installed(soFar).keySet());
            if (there.isEmpty()) {
                return commands;
            }
            List<String> verify = new ArrayList<>(List.of("dpkg", "-V"));
            if (!arguments.all()) {
                verify.addAll(there);
            }
            commands.add(
                    Argv.of(verify)
                            .betterAsRoot()
                            .within(arguments.limit())
                            .keeping(4 * 1024 * 1024)
                            .alsoReadableWhenExit(2));
        }
        if (soFar.size() >= VERIFIED) {
            List<String> paths = VerifyLines.read(VERIFIED, soFar, false).toLookUp();
            if (!paths.isEmpty()) {
                List<String> owners = new ArrayList<>(List.of("dpkg-query", "-S", "--"));
                owners.addAll(paths);
                commands.add(Argv.of(owners).alsoReadableWhenExit(1));
            }
        }
        return commands;
    }

    /// The installed packages, with the name that their files in dpkg's database have.
    private static Map<String, String> installed(List<Capture> captures) throws Unreadable {
        Map<String, String> installed = new TreeMap<>();
        for (Line line : Lines.of(INSTALLED, captures)) {
            String[] columns = line.text().split("\\|", -1);
            if (columns.length != 3 || columns[2].length() < 2) {
                throw line.refused("name|name|state");
            }
            if (columns[2].charAt(1) != 'n' && columns[2].charAt(1) != 'c') {
                installed.put(columns[1], columns[0]);
            }
        }
        return installed;
    }

    static Reading<ChangedFiles> read(
            PackageVerifyFiles.Arguments arguments, List<Capture> captures) throws Unreadable {
        Map<String, String> installed = installed(captures);
        List<Bilingual> gaps = new ArrayList<>();
        List<String> unknown = withoutSums(installed, captures);
        if (!unknown.isEmpty()) {
            String names = String.join(", ", unknown.subList(0, Math.min(6, unknown.size())));
            gaps.add(
                    Bilingual.of(
                            "packages that came without checksums could not be compared: {0} ({1})",
                            "有 {0} 个软件包没有附带校验和，无法比对：{1}", unknown.size(), names));
        }
        Map<String, String> owners = new HashMap<>();
        VerifyLines lines = new VerifyLines(List.of(), 0, 0, false);
        if (captures.size() >= VERIFIED) {
            lines = VerifyLines.read(VERIFIED, captures, false);
            lines.gaps(gaps);
        }
        if (captures.size() >= OWNERS) {
            owners = owners(captures);
        }
        List<String> missing =
                arguments.names().isEmpty()
                        ? List.of()
                        : arguments.wanted(CRITICAL).stream()
                                .filter(name -> !installed.containsValue(name))
                                .toList();
        List<String> checked =
                arguments.all() ? List.of() : List.copyOf(new TreeSet<>(installed.values()));
        ChangedFiles value = lines.with(checked, missing, owners);
        return Reading.of(value, value.files().isEmpty() && missing.isEmpty(), gaps);
    }

    /// Packages of which dpkg has a list of files but none of checksums.
    private static List<String> withoutSums(Map<String, String> installed, List<Capture> captures)
            throws Unreadable {
        Set<String> sums = new HashSet<>();
        for (Line line : Lines.of(SUMS, captures)) {
            sums.add(line.text().replaceFirst("\\.md5sums$", ""));
        }
        return installed.entrySet().stream()
                .filter(one -> !sums.contains(one.getKey()) && !sums.contains(one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// `sudo: /usr/bin/sudo`.
    private static Map<String, String> owners(List<Capture> captures) throws Unreadable {
        Map<String, String> owners = new HashMap<>();
        for (Line line : Lines.of(OWNERS, captures)) {
            int colon = line.text().indexOf(": /");
            if (colon > 0 && !line.text().contains("diversion ")) {
                owners.put(line.text().substring(colon + 2), line.text().substring(0, colon));
            }
        }
        return owners;
    }
}
