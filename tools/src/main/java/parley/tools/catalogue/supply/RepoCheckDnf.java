package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.Dnf;
import parley.tools.catalogue.supply.RepositoryChecks.Checked;
import parley.tools.catalogue.supply.RepositoryChecks.Signature;
import parley.tools.read.HostClock;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [RepoCheck] on hosts with dnf 4: one `dnf makecache --refresh` a repository, of which a failing
/// one may not be skipped; `dnf repoinfo` for the age. Exit 200: somebody else holds the lock.
final class RepoCheckDnf {
    private static final int FILES = 3;
    private static final int MOST = 18;
    private static final int LOCKED = 200;
    private static final Pattern CODE =
            Pattern.compile(".*(?:Status code: |HTTP error )(\\d{3}).*");
    private static final Pattern FIELD = Pattern.compile("(Repo-[a-z-]+) *: (.*)");
    private static final Pattern BROKEN =
            Pattern.compile(".*(?:Curl error|Error: |HTTP error|Status code).*");
    private static final DateTimeFormatter PRINTED =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

    private RepoCheckDnf() {}

    /// The commands known so far.
    static List<Argv> commands(RepoCheck.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(HostClock.commands());
        commands.add(RpmRepositories.command());
        if (soFar.size() < FILES) {
            return commands;
        }
        List<Repository> meant = meant(arguments, soFar, new ArrayList<>());
        meant.forEach(one -> commands.add(refresh(one.id().value())));
        if (soFar.size() >= commands.size()) {
            List<String> words = new ArrayList<>(List.of("repoinfo"));
            for (int index = 0; index < meant.size(); index++) {
                if (soFar.get(FILES + index).exit() == 0) {
                    words.add("--repo=" + meant.get(index).id());
                }
            }
            if (words.size() > 1) {
                commands.add(Dnf.cached(words.toArray(String[]::new)));
            }
        }
        return commands;
    }

    private static Argv refresh(String id) {
        return Argv.of(
                        "dnf",
                        "--setopt=exit_on_lock=True",
                        "--setopt=" + id + ".skip_if_unavailable=0",
                        "--setopt=" + id + ".timeout=10",
                        "--setopt=" + id + ".retries=1",
                        "--repo=" + id,
                        "makecache",
                        "--refresh")
                .asRoot()
                .within(Duration.ofMinutes(2))
                .alsoReadableWhenExit(1, LOCKED);
    }

    private static List<Repository> meant(
            RepoCheck.Arguments arguments, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        List<Repository> all =
                RpmRepositories.read(FILES, captures, true, gaps).stream()
                        .filter(arguments::means)
                        .filter(one -> one.id().value().matches("[A-Za-z0-9][A-Za-z0-9._:+~-]*"))
                        .toList();
        if (all.size() > MOST) {
            gaps.add(
                    Bilingual.of(
                            "only the first {0} of {1} repositories were checked",
                            "共 {1} 个软件源，只检查了前 {0} 个", MOST, all.size()));
        }
        return all.stream().limit(MOST).toList();
    }

    static Reading<RepositoryChecks> read(RepoCheck.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        HostClock clock = HostClock.read(1, captures);
        List<Bilingual> gaps = new ArrayList<>();
        List<Repository> meant = meant(arguments, captures, gaps);
        Map<String, Instant> made = new HashMap<>();
        if (captures.size() > FILES + meant.size()) {
            made = made(captures.size(), captures, clock);
        }
        List<Checked> checked = new ArrayList<>();
        for (int index = 0; index < meant.size(); index++) {
            checked.add(checked(meant.get(index), FILES + index + 1, captures, made));
        }
        List<HostText> known =
                RpmRepositories.read(FILES, captures, true, new ArrayList<>()).stream()
                        .filter(Repository::enabled)
                        .map(Repository::id)
                        .toList();
        return Reading.of(
                new RepositoryChecks(checked, known, clock.now()), checked.isEmpty(), gaps);
    }

    private static Checked checked(
            Repository one, int number, List<Capture> captures, Map<String, Instant> made)
            throws Unreadable {
        Capture capture = captures.get(number - 1).readable();
        if (capture.exit() == LOCKED) {
            throw new Unreadable(
                    Bilingual.of(
                            "another dnf is running on this host; ask again when it has ended",
                            "该主机上另一个 dnf 正在运行；请在其结束后再试"));
        }
        List<Line> said = Lines.errors(number, captures);
        Optional<Line> why = said.stream().filter(line -> line.has(BROKEN)).findFirst();
        boolean failed = capture.exit() != 0;
        String all = capture.stderr();
        boolean gpg = failed && all.contains("GPG");
        Optional<Long> code = Optional.empty();
        for (Line line : said) {
            Matcher form = CODE.matcher(line.text());
            if (code.isEmpty() && form.matches()) {
                code = Optional.of(line.whole(form.group(1)));
            }
        }
        Signature signature;
        if (!failed) {
            signature = one.listsSigned() ? Signature.VERIFIED : Signature.UNCHECKED;
        } else if (gpg) {
            signature = all.contains("not available") ? Signature.UNSIGNED : Signature.BAD;
        } else {
            signature = Signature.UNKNOWN;
        }
        return new Checked(
                one.id(),
                one.urls().stream().findFirst(),
                !failed || gpg || code.isPresent(),
                failed ? code : Optional.empty(),
                Optional.ofNullable(made.get(one.id().value())),
                Optional.empty(),
                signature,
                one.packagesSigned(),
                failed
                        ? Optional.of(
                                new HostText(
                                        why.map(line ->
                                                        Addresses.masked(
                                                                line.text()
                                                                        .strip()
                                                                        .replaceFirst("^- ", "")))
                                                .orElse("dnf exit code " + capture.exit())))
                        : Optional.empty(),
                List.of(one.evidence()));
    }

    /// `Repo-updated : Sat Nov 21 14:22:45 2026`, in the host's zone, by id.
    private static Map<String, Instant> made(int number, List<Capture> captures, HostClock clock)
            throws Unreadable {
        Map<String, Instant> made = new HashMap<>();
        if (Dnf.lacksCache(captures.get(number - 1))) {
            return made;
        }
        String id = "";
        for (Line line : Lines.of(number, captures)) {
            Matcher field = FIELD.matcher(line.text());
            if (field.matches() && field.group(1).equals("Repo-id")) {
                id = field.group(2).strip();
            } else if (field.matches() && field.group(1).equals("Repo-updated")) {
                try {
                    made.put(
                            id,
                            clock.at(
                                    LocalDateTime.parse(
                                            field.group(2).strip().replaceAll(" +", " "),
                                            PRINTED)));
                } catch (DateTimeParseException refused) {
                    throw line.refused("a date and time");
                }
            }
        }
        return made;
    }
}
