package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.Dnf;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [PackageOrigin] wherever there is rpm. Only dnf 4 is asked which repository it came from.
final class PackageOriginRpm {
    private static final int KEYS = 2;
    private static final int NOTED = 3;
    private static final int OFFERED = 4;
    private static final int REPOSITORIES = 5;

    private PackageOriginRpm() {}

    /// The commands known so far.
    static List<Argv> commands(String name, boolean dnf4, List<Capture> soFar) {
        List<Argv> commands = new ArrayList<>(List.of(RpmPackage.command(name), RpmKeys.command()));
        boolean there = soFar.isEmpty() || soFar.getFirst().exit() == 0;
        if (dnf4 && there) {
            commands.add(
                    Dnf.cached(
                            "repoquery",
                            "--installed",
                            "--qf",
                            "%{name}|%{evr}|%{arch}|%{from_repo}|%{reason}",
                            name));
            commands.add(
                    Dnf.cached(
                            "repoquery",
                            "--available",
                            "--showduplicates",
                            "--qf",
                            "%{name}|%{evr}|%{arch}|%{repoid}",
                            name));
            commands.add(RpmRepositories.command());
        }
        return commands;
    }

    static Reading<Origins> read(String name, boolean dnf4, List<Capture> captures)
            throws Unreadable {
        List<RpmPackage> packages = RpmPackage.read(1, captures);
        if (packages.isEmpty()) {
            Origins none = new Origins(new HostText(name), List.of());
            return Reading.of(none, true, List.of());
        }
        List<Bilingual> gaps = new ArrayList<>();
        List<SigningKey> keys = RpmKeys.read(KEYS, captures, gaps);
        Map<String, List<String>> noted = new HashMap<>();
        Optional<List<List<String>>> offers = Optional.empty();
        List<Repository> repositories = List.of();
        if (dnf4) {
            Capture installed = captures.get(NOTED - 1);
            if (!Dnf.lacksCache(installed)) {
                for (List<String> row : Dnf.rows(installed, 5)) {
                    noted.put(row.get(1) + "." + row.get(2), row);
                }
            }
            Capture available = captures.get(OFFERED - 1);
            if (Dnf.lacksCache(available)) {
                gaps.add(Dnf.noCache());
            } else {
                offers =
                        Optional.of(
                                Dnf.rows(available, 4).stream()
                                        .filter(row -> row.getFirst().equals(name))
                                        .toList());
            }
            repositories = RpmRepositories.read(REPOSITORIES, captures, true, gaps);
        } else {
            gaps.add(
                    Bilingual.of(
                            "rpm does not note which repository a package came from, and this"
                                    + " host's package manager was not asked",
                            "rpm 不记录软件包来自哪个软件源，也没有询问该主机的包管理器"));
        }
        List<Origins.Origin> origins = new ArrayList<>();
        for (RpmPackage one : packages) {
            origins.add(origin(one, keys, noted, offers, repositories));
        }
        return Reading.of(new Origins(new HostText(name), origins), gaps);
    }

    private static Origins.Origin origin(
            RpmPackage one,
            List<SigningKey> keys,
            Map<String, List<String>> noted,
            Optional<List<List<String>>> offers,
            List<Repository> repositories) {
        Optional<List<String>> note =
                Optional.ofNullable(noted.get(one.version() + "." + one.architecture()));
        // "@System", "@commandline": a file, or a repository that dnf has forgotten
        Optional<HostText> repository =
                note.map(row -> row.get(3))
                        .filter(text -> !text.isEmpty() && !text.contains("@"))
                        .map(HostText::new);
        Optional<HostText> url =
                repository.flatMap(id ->
                        repositories.stream()
                                .filter(all -> all.id().equals(id))
                                .flatMap(all -> all.urls().stream())
                                .findFirst());
        return new Origins.Origin(
                one.version(),
                one.architecture(),
                repository.map(List::of).orElse(List.of()),
                url,
                one.vendor(),
                one.buildHost(),
                one.source(),
                Optional.of(one.installed()),
                note.map(row -> reason(row.get(4))).orElse(Origins.Reason.UNKNOWN),
                one.keyId(),
                Optional.of(one.signer(keys).isPresent()),
                offers.map(all ->
                        all.stream()
                                .anyMatch(row ->
                                        row.get(1).equals(one.version().value())
                                                && row.get(2).equals(one.architecture().value()))),
                offers.map(List::isEmpty),
                one.at().at());
    }

    private static Origins.Reason reason(String word) {
        return switch (word) {
            case "user", "group" -> Origins.Reason.USER;
            case "dependency", "weak-dependency" -> Origins.Reason.DEPENDENCY;
            default -> Origins.Reason.UNKNOWN;
        };
    }
}
