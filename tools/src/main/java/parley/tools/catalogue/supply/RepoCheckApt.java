package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.supply.RepositoryChecks.Checked;
import parley.tools.catalogue.supply.RepositoryChecks.Signature;
import parley.tools.read.HostClock;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [RepoCheck] on Debian and its kin: one `apt-get update` for all, which says `Err:` and why below
/// it, and the dates in the release files it has then. Exit 100 says nothing about which.
final class RepoCheckApt {
    private static final int SOURCES = 4;
    private static final int UPDATE = 3;
    private static final int DATES = 6;
    private static final Pattern STEP =
            Pattern.compile("(Hit|Get|Ign|Err):\\d+ (\\S+) (\\S+) (\\S+).*");
    private static final Pattern NOT_SIGNED =
            Pattern.compile(
                    "E: The repository '(\\S+) (\\S+) .*' (?:is not signed|does not have a Release"
                            + " file)\\.");
    private static final Pattern EXPIRED =
            Pattern.compile("E: Release file for (\\S+) is (?:expired|not valid yet) .*");
    private static final Pattern LOCK = Pattern.compile("E: Could not get lock .*");
    private static final Pattern AWAY =
            Pattern.compile(
                    "(?i).*(could not connect|could not resolve|temporary failure|timed"
                            + " out|connection failed|unable to connect|refused|no"
                            + " route|certificate).*");
    private static final Pattern CODE = Pattern.compile("(\\d{3}) {2}\\S.*");
    private static final Pattern DATE = Pattern.compile("([^:]+):(Date|Valid-Until): (.*)");

    /// What `apt-get update` said about one repository.
    private record Outcome(List<Finding.Lines> lines, List<String> errors, boolean unsigned) {
        static Outcome empty() {
            return new Outcome(new ArrayList<>(), new ArrayList<>(), false);
        }
    }

    private RepoCheckApt() {}

    /// The commands known so far.
    static List<Argv> commands(RepoCheck.Arguments arguments, List<Capture> soFar) {
        List<Argv> commands = new ArrayList<>(HostClock.commands());
        commands.add(
                Argv.of(
                                "apt-get",
                                "-q",
                                "-o",
                                "Acquire::Retries=0",
                                "-o",
                                "Acquire::http::Timeout=10",
                                "-o",
                                "Acquire::https::Timeout=10",
                                "update",
                                "--error-on=any")
                        .asRoot()
                        .within(Duration.ofMinutes(2))
                        .keeping(1024 * 1024)
                        .alsoReadableWhenExit(100));
        commands.add(AptSources.command());
        commands.add(AptSources.targets());
        commands.add(
                Argv.of(
                                "grep",
                                "-rE",
                                "--include=*Release",
                                "^(Date|Valid-Until): ",
                                "--",
                                "/var/lib/apt/lists")
                        .betterAsRoot()
                        .alsoReadableWhenExit(1, 2));
        return commands;
    }

    static Reading<RepositoryChecks> read(RepoCheck.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        HostClock clock = HostClock.read(1, captures);
        List<Bilingual> gaps = new ArrayList<>();
        Map<String, Outcome> outcomes = outcomes(captures);
        Map<String, Map<String, Instant>> dates = dates(captures);
        List<Checked> checked = new ArrayList<>();
        List<HostText> known = new ArrayList<>();
        for (Repository one : AptSources.read(SOURCES, captures, gaps)) {
            if (one.enabled() && !known.contains(one.id())) {
                known.add(one.id());
                if (arguments.means(one)) {
                    checked.add(checked(one, outcomes, dates));
                }
            }
        }
        return Reading.of(
                new RepositoryChecks(checked, known, clock.now()), checked.isEmpty(), gaps);
    }

    private static String key(String uri, String suite) {
        return uri.replaceFirst("/+$", "") + " " + suite;
    }

    private static Map<String, Outcome> outcomes(List<Capture> captures) throws Unreadable {
        Map<String, Outcome> outcomes = new HashMap<>();
        Optional<Outcome> failing = Optional.empty();
        for (Line line : Lines.of(UPDATE, captures)) {
            Matcher step = STEP.matcher(line.text());
            if (step.matches()) {
                Outcome outcome =
                        outcomes.computeIfAbsent(
                                key(step.group(2), step.group(3)), ignored -> Outcome.empty());
                outcome.lines().add(line.at());
                failing = step.group(1).equals("Err") ? Optional.of(outcome) : Optional.empty();
            } else if (line.text().startsWith("  ") && failing.isPresent()) {
                failing.get().errors().add(line.text().strip());
            } else {
                failing = Optional.empty();
            }
        }
        for (Line line : Lines.errors(UPDATE, captures)) {
            if (line.has(LOCK)) {
                throw new Unreadable(
                        Bilingual.of(
                                "the package lists are locked: " + line.text().substring(3),
                                "软件包列表被锁定：" + line.text().substring(3)));
            }
            Matcher unsigned = NOT_SIGNED.matcher(line.text());
            Matcher expired = EXPIRED.matcher(line.text());
            if (unsigned.matches()) {
                outcomes.merge(
                        key(unsigned.group(1), unsigned.group(2)),
                        new Outcome(List.of(), List.of(line.text().substring(3)), true),
                        (before, more) ->
                                new Outcome(
                                        before.lines(),
                                        before.errors().isEmpty() ? more.errors() : before.errors(),
                                        true));
            } else if (expired.matches()) {
                String place = expired.group(1);
                outcomes.forEach((key, outcome) -> {
                    if (place.startsWith(key.substring(0, key.indexOf(' ')))) {
                        outcome.errors().add(line.text().substring(3));
                    }
                });
            }
        }
        return outcomes;
    }

    /// The dates of each release file by its name.
    private static Map<String, Map<String, Instant>> dates(List<Capture> captures)
            throws Unreadable {
        Map<String, Map<String, Instant>> dates = new HashMap<>();
        for (Line line : Lines.of(DATES, captures)) {
            Matcher form = line.match(DATE, "file:Date: …");
            String file = form.group(1).replaceFirst(".*/", "");
            try {
                Instant moment =
                        ZonedDateTime.parse(
                                        form.group(3).strip().replaceFirst("UTC$", "GMT"),
                                        DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant();
                dates.computeIfAbsent(file, ignored -> new HashMap<>()).put(form.group(2), moment);
            } catch (DateTimeException refused) {
                throw line.refused("a date and time");
            }
        }
        return dates;
    }

    private static Checked checked(
            Repository one,
            Map<String, Outcome> outcomes,
            Map<String, Map<String, Instant>> dates) {
        String uri = one.urls().getFirst().value();
        String suite = one.suite().map(HostText::value).orElse("./");
        Outcome outcome = outcomes.getOrDefault(key(uri, suite), Outcome.empty());
        Optional<String> error = outcome.errors().stream().findFirst();
        boolean asked = !outcome.lines().isEmpty() || outcome.unsigned();
        boolean away = error.filter(text -> AWAY.matcher(text).matches()).isPresent();
        Optional<Long> code =
                error.map(CODE::matcher)
                        .filter(Matcher::matches)
                        .map(form -> Long.parseLong(form.group(1)));
        boolean broken =
                error.filter(text -> text.matches(".*(signature|PUBKEY|BADSIG|KEYSIG).*"))
                        .isPresent();
        Signature signature;
        if (!asked || away) {
            signature = Signature.UNKNOWN;
        } else if (broken) {
            signature = Signature.BAD;
        } else if (outcome.unsigned()) {
            signature = Signature.UNSIGNED;
        } else if (!one.listsSigned()) {
            signature = Signature.UNCHECKED;
        } else {
            signature = one.verified().orElse(false) ? Signature.VERIFIED : Signature.UNKNOWN;
        }
        String stem = AptSources.listStem(one);
        Map<String, Instant> stated =
                dates.getOrDefault(
                        stem + "InRelease", dates.getOrDefault(stem + "Release", Map.of()));
        Optional<HostText> why =
                error.or(() ->
                                asked
                                        ? Optional.empty()
                                        : Optional.of("apt-get update said nothing about it"))
                        .map(text -> new HostText(Addresses.masked(text)));
        return new Checked(
                one.id(),
                Optional.of(one.urls().getFirst()),
                asked && !away,
                code,
                Optional.ofNullable(stated.get("Date")),
                Optional.ofNullable(stated.get("Valid-Until")),
                signature,
                Optional.empty(),
                why,
                outcome.lines().isEmpty() ? List.of(one.evidence()) : outcome.lines());
    }
}
