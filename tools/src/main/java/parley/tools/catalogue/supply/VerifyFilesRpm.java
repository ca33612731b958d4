package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.Dnf;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// [PackageVerifyFiles] wherever there is rpm: `rpm -V` without dependencies and scripts.
final class VerifyFilesRpm {
    private static final List<String> CRITICAL =
            List.of(
                    "bash",
                    "coreutils",
                    "dnf",
                    "glibc",
                    "gnupg2",
                    "iproute",
                    "openssh",
                    "openssh-clients",
                    "openssh-server",
                    "openssl",
                    "openssl-libs",
                    "pam",
                    "procps-ng",
                    "rpm",
                    "shadow-utils",
                    "sudo",
                    "systemd",
                    "util-linux",
                    "yum",
                    "zypper");
    private static final Pattern ABSENT = Pattern.compile("package \\S+ is not installed");

    /// An exit code counts packages: those that are not there, or that differ.
    private static final Integer[] COUNTS =
            IntStream.rangeClosed(1, 120).boxed().toArray(Integer[]::new);

    private VerifyFilesRpm() {}

    /// The commands known so far.
    static List<Argv> commands(PackageVerifyFiles.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>();
        List<String> verify = new ArrayList<>(List.of("rpm", "-V", "--nodeps", "--noscripts"));
        if (arguments.all()) {
            verify.set(1, "-Va");
        } else {
            List<String> words = new ArrayList<>(List.of("rpm", "-q", "--qf", "%{NAME}\\n", "--"));
            words.addAll(arguments.wanted(CRITICAL));
            commands.add(Argv.of(words).alsoReadableWhenExit(COUNTS));
            if (soFar.isEmpty()) {
                return commands;
            }
            List<String> there = installed(soFar);
            if (there.isEmpty()) {
                return commands;
            }
            verify.add("--");
            verify.addAll(there);
        }
        commands.add(
                Argv.of(verify)
                        .betterAsRoot()
                        .within(arguments.limit())
                        .keeping(4 * 1024 * 1024)
                        .alsoReadableWhenExit(COUNTS));
        if (soFar.size() >= commands.size()) {
            List<String> paths = VerifyLines.read(commands.size(), soFar, true).toLookUp();
            if (!paths.isEmpty()) {
                List<String> owners =
                        new ArrayList<>(List.of("rpm", "-qf", "--qf", "%{NAME}\\n", "--"));
                owners.addAll(paths);
                commands.add(Argv.of(owners).alsoReadableWhenExit(COUNTS));
            }
        }
        return commands;
    }

    private static List<String> installed(List<Capture> captures) throws Unreadable {
        Dnf.sound(captures.getFirst());
        return Lines.of(1, captures).stream()
                .filter(line -> !line.has(ABSENT))
                .map(Line::text)
                .distinct()
                .toList();
    }

    static Reading<ChangedFiles> read(
            PackageVerifyFiles.Arguments arguments, List<Capture> captures) throws Unreadable {
        List<String> there = arguments.all() ? List.of() : installed(captures);
        int verified = arguments.all() ? 1 : 2;
        List<Bilingual> gaps = new ArrayList<>();
        VerifyLines lines = new VerifyLines(List.of(), 0, 0, false);
        if (captures.size() >= verified) {
            Dnf.sound(captures.get(verified - 1));
            lines = VerifyLines.read(verified, captures, true);
            lines.gaps(gaps);
        }
        Map<String, String> owners =
                captures.size() > verified
                        ? owners(lines.toLookUp(), captures.size(), captures)
                        : Map.of();
        List<String> missing =
                arguments.names().isEmpty()
                        ? List.of()
                        : arguments.wanted(CRITICAL).stream()
                                .filter(name -> !there.contains(name))
                                .toList();
        ChangedFiles value = lines.with(there, missing, owners);
        return Reading.of(value, value.files().isEmpty() && missing.isEmpty(), gaps);
    }

    /// One name a path, in their order; where a path has more than one owner, they do not fit
    /// together and nothing is said.
    private static Map<String, String> owners(
            List<String> paths, int number, List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        Map<String, String> owners = new HashMap<>();
        if (lines.size() == paths.size()) {
            for (int index = 0; index < paths.size(); index++) {
                if (lines.get(index).text().matches("[^ ]+")) {
                    owners.put(paths.get(index), lines.get(index).text());
                }
            }
        }
        return owners;
    }
}
