package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.HostClock;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [RepoList] on hosts with dnf or yum. A repository whose file no package owns was added by hand.
final class RepoListRpm {
    private static final int FILES = 3;
    private static final int KEYS = 4;
    private static final Pattern UNOWNED =
            Pattern.compile("file (/.*) is not owned by any package");
    private static final Integer[] COUNTS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private RepoListRpm() {}

    /// The commands known so far.
    static List<Argv> commands(RepoList.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(HostClock.commands());
        commands.add(RpmRepositories.command());
        if (arguments.withKeys()) {
            commands.add(RpmKeys.command());
        }
        if (soFar.size() >= commands.size()) {
            List<String> files =
                    RpmRepositories.read(FILES, soFar, true, new ArrayList<>()).stream()
                            .map(one -> one.file().value())
                            .distinct()
                            .limit(COUNTS.length)
                            .toList();
            if (!files.isEmpty()) {
                List<String> words =
                        new ArrayList<>(List.of("rpm", "-qf", "--qf", "%{NAME}\\n", "--"));
                words.addAll(files);
                // its exit code counts the files that nobody owns
                commands.add(Argv.of(words).alsoReadableWhenExit(COUNTS));
            }
        }
        return commands;
    }

    static Reading<RepositoryList> read(
            RepoList.Arguments arguments, boolean dnf4, List<Capture> captures) throws Unreadable {
        HostClock clock = HostClock.read(1, captures);
        List<Bilingual> gaps = new ArrayList<>();
        List<Repository> found = RpmRepositories.read(FILES, captures, dnf4, gaps);
        List<SigningKey> keys =
                arguments.withKeys() ? RpmKeys.read(KEYS, captures, gaps) : List.of();
        if (found.stream().anyMatch(one -> one.packagesSigned().isEmpty())) {
            gaps.add(
                    Bilingual.of(
                            "whether packages must be signed is not stated for every repository",
                            "并非每个软件源都写明是否校验软件包签名"));
        }
        boolean askedOwners = captures.getLast().argv().words().contains("-qf");
        List<Repository> repositories =
                askedOwners ? withOwners(found, unowned(captures.size(), captures)) : found;
        RepositoryList value = new RepositoryList(repositories, keys, List.of(), clock.now());
        return Reading.of(value, repositories.isEmpty(), gaps);
    }

    private static Set<String> unowned(int number, List<Capture> captures) throws Unreadable {
        Set<String> unowned = new HashSet<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher form = UNOWNED.matcher(line.text());
            if (form.matches()) {
                unowned.add(form.group(1));
            }
        }
        return unowned;
    }

    private static List<Repository> withOwners(List<Repository> found, Set<String> unowned) {
        return found.stream()
                .map(one ->
                        new Repository(
                                one.id(),
                                one.name(),
                                one.urls(),
                                one.suite(),
                                one.enabled(),
                                one.packagesSigned(),
                                one.listsSigned(),
                                one.verified(),
                                one.keys(),
                                one.secure(),
                                one.priority(),
                                one.origin(),
                                Optional.of(!unowned.contains(one.file().value())),
                                one.file(),
                                one.evidence()))
                .toList();
    }
}
