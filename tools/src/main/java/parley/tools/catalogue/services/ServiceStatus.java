package parley.tools.catalogue.services;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.JournalLines;
import parley.tools.read.KeyValues;
import parley.tools.value.AbsolutePath;
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;
import parley.tools.value.Whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything about one unit; with `watchSeconds`, whether it stays so.
///
/// Source: `systemctl show`, once or every two seconds; with `include` also `systemctl cat`,
/// `systemd-analyze verify` on the unit's file, and the unit's newest journal entries. A unit that
/// does not exist is no error of `systemctl` (exit 0, `LoadState=not-found`): the reading says so,
/// and the names of unit files are looked through for what was meant. Never *empty*. Watching ends
/// when the state was the same for `watchSeconds`, at the latest after 30 seconds.
public final class ServiceStatus implements Observation<ServiceStatus.Arguments, UnitStatus> {
    private static final long LOG_LINES = 20;
    private static final long NO_WATCH = 0;
    private static final List<String> UNIT_FOLDERS =
            List.of("/etc/systemd", "/usr/lib/systemd", "/lib/systemd", "/run/systemd");

    /// What to show beside the state.
    public enum Include {
        DEFINITION,
        LOGS,
        VERIFY,
        /// Its resource limits.
        LIMITS,
        /// Its program's own check of its configuration, where it has one that is known here.
        CONFIG
    }

    public record Arguments(
            @Means(en = "the unit", zh = "单元") UnitName unit,
            @Means(
                            en =
                                    "also its definition, its newest log entries, a check of its"
                                            + " definition, its limits, a check of its program's"
                                            + " configuration",
                            zh = "同时给出定义、最新日志、定义检查、资源限制、程序配置检查")
                    Optional<List<Include>> include,
            @Means(
                            en = "watch it this many seconds and say whether it is stable",
                            zh = "观察多少秒，判断是否稳定")
                    @Whole(least = 0, most = 30)
                    Optional<Count> watchSeconds) {
        public Arguments {
            include = include.map(List::copyOf);
        }

        static Arguments of(UnitName unit) {
            return new Arguments(unit, Optional.empty(), Optional.empty());
        }

        static Arguments with(UnitName unit, Include... parts) {
            return new Arguments(unit, Optional.of(List.of(parts)), Optional.empty());
        }

        /// Whether it stays as it is for so long, with what it wrote.
        static Arguments watching(UnitName unit, long seconds) {
            return new Arguments(
                    unit, Optional.of(List.of(Include.LOGS)), Optional.of(new Count(seconds)));
        }

        boolean wants(Include part) {
            return include.filter(list -> list.contains(part)).isPresent();
        }

        boolean watches() {
            return watchSeconds.filter(count -> count.value() > NO_WATCH).isPresent();
        }

        /// How many equal samples in a row are needed; 1 without watching.
        int samples() {
            return UnitWatch.samples(watchSeconds.map(Count::value).orElse(NO_WATCH));
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "service.status",
                "services",
                Bilingual.of("How a service is doing", "服务状态"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("is nginx up on web-3?", "web-3 的 nginx 起来了吗"),
                Bilingual.of("why did sshd fail", "sshd 为什么失败了"),
                Bilingual.of("status of redis on db-1", "看下 db-1 的 redis 状态"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return Stream.concat(
                        ConfigCheck.rootCommands().stream(),
                        Stream.of(JournalLines.rootCommand("--unit=<unit>")))
                .toList();
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    private static Argv show(Arguments arguments, Platform platform) {
        return Systemctl.show(platform, UnitStatus.PROPERTIES, arguments.unit().full());
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (!platform.hasSystemd()) {
            return Systemctl.noSystemd();
        }
        Argv show = show(arguments, platform);
        if (soFar.isEmpty()) {
            return Next.run(show);
        }
        try {
            List<KeyValues> samples = samples(soFar);
            boolean sampling = soFar.getLast().argv().equals(show);
            if (sampling && !isEnough(arguments, samples)) {
                return new Next.Run(show, UnitWatch.PAUSE);
            }
            List<Argv> extras = extras(arguments, platform, samples.getLast(), soFar);
            int done = soFar.size() - samples.size();
            return done < extras.size() ? Next.run(extras.get(done)) : Next.done();
        } catch (Unreadable leftToRead) {
            return Next.done();
        }
    }

    private static boolean isEnough(Arguments arguments, List<KeyValues> samples) {
        boolean missing =
                samples.getLast().find("LoadState").filter("not-found"::equals).isPresent();
        return missing || !arguments.watches() || UnitWatch.isEnough(samples, arguments.samples());
    }

    /// The commands after the samples. They depend on the unit's own name and file, which the host
    /// states; both are refused unless they have the form of a unit and of a file of systemd's.
    private static List<Argv> extras(
            Arguments arguments, Platform platform, KeyValues shown, List<Capture> soFar)
            throws Unreadable {
        if (UnitLoad.of(shown) == UnitLoad.NOT_FOUND) {
            String full = arguments.unit().full();
            return List.of(UnitFiles.list(full.substring(full.lastIndexOf('.') + 1)));
        }
        List<Argv> extras = new ArrayList<>();
        if (arguments.wants(Include.DEFINITION)) {
            extras.add(Systemctl.of("cat", arguments.unit().full()));
        }
        Optional<String> file = shown.find("FragmentPath").filter(ServiceStatus::isUnitFile);
        if (arguments.wants(Include.VERIFY) && file.isPresent()) {
            extras.add(
                    Argv.of("systemd-analyze", "--no-pager", "--man=no", "verify", "--", file.get())
                            .alsoReadableWhenExit(1));
        }
        if (arguments.wants(Include.LOGS)) {
            extras.add(
                    JournalLines.newest(
                            platform,
                            LOG_LINES,
                            List.of("--unit=" + ownName(arguments.unit(), shown))));
            Optional<Capture> journal = find(soFar, "journalctl");
            if (journal.filter(one -> !one.asRoot()).isPresent()) {
                extras.add(JournalLines.groups());
            }
        }
        if (arguments.wants(Include.LIMITS)) {
            extras.add(UnitLimits.show(platform, arguments.unit().full()));
        }
        if (arguments.wants(Include.CONFIG)) {
            ConfigCheck.of(ownName(arguments.unit(), shown)).ifPresent(extras::add);
        }
        return List.copyOf(extras);
    }

    private static String ownName(UnitName asked, KeyValues shown) throws Unreadable {
        try {
            return new UnitName(shown.text("Id")).full();
        } catch (BadValue refused) {
            return asked.full();
        }
    }

    private static boolean isUnitFile(String path) {
        try {
            AbsolutePath file = new AbsolutePath(path);
            return UNIT_FOLDERS.stream().anyMatch(file::isUnder);
        } catch (BadValue refused) {
            return false;
        }
    }

    private static List<KeyValues> samples(List<Capture> captures) throws Unreadable {
        List<KeyValues> samples = new ArrayList<>();
        for (Capture capture : captures) {
            if (capture.argv().words().contains("--property=" + UnitStatus.PROPERTIES)) {
                samples.add(KeyValues.only(capture.readable()));
            }
        }
        return samples;
    }

    private static Optional<Capture> find(List<Capture> captures, String word) {
        return captures.stream().filter(one -> one.argv().words().contains(word)).findFirst();
    }

    @Override
    public Reading<UnitStatus> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<KeyValues> samples = samples(captures);
        Optional<UnitWatch> watch =
                arguments.watches()
                        ? Optional.of(UnitWatch.of(samples, arguments.samples()))
                        : Optional.empty();
        List<Bilingual> gaps = new ArrayList<>();
        List<JournalEntry> logs = List.of();
        Optional<Capture> journal = find(captures, "journalctl");
        if (journal.isPresent()) {
            logs = JournalLines.fold(JournalLines.read(journal.get()));
            gaps.addAll(JournalLines.gaps(journal.get(), find(captures, "id"), Optional.empty()));
        }
        UnitStatus.Extras extras =
                new UnitStatus.Extras(
                        watch,
                        similar(arguments, find(captures, "list-unit-files")),
                        definition(find(captures, "cat")),
                        problems(find(captures, "systemd-analyze")),
                        logs,
                        limits(find(captures, UnitLimits.PROPERTY_WORD)),
                        config(arguments, samples.getLast(), captures, gaps));
        return Reading.of(UnitStatus.of(samples.getLast(), samples.size(), extras), gaps);
    }

    private static Optional<UnitLimits> limits(Optional<Capture> show) throws Unreadable {
        return show.isEmpty() ? Optional.empty() : Optional.of(UnitLimits.of(show.get()));
    }

    private static Optional<ConfigCheck> config(
            Arguments arguments, KeyValues shown, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        if (!arguments.wants(Include.CONFIG)) {
            return Optional.empty();
        }
        Optional<Argv> check = ConfigCheck.of(ownName(arguments.unit(), shown));
        Optional<Capture> checked =
                captures.stream()
                        .filter(one ->
                                check.filter(argv -> argv.words().equals(one.argv().words()))
                                        .isPresent())
                        .findFirst();
        return checked.isEmpty() ? Optional.empty() : ConfigCheck.read(checked.get(), gaps);
    }

    private static List<HostText> similar(Arguments arguments, Optional<Capture> files)
            throws Unreadable {
        if (files.isEmpty()) {
            return List.of();
        }
        return NearestNames.of(arguments.unit().full(), UnitFiles.read(files.get()).keySet())
                .stream()
                .map(HostText::new)
                .toList();
    }

    private static Optional<HostText> definition(Optional<Capture> cat) throws Unreadable {
        return cat.isEmpty()
                ? Optional.empty()
                : Optional.of(new HostText(cat.get().readable().stdout()));
    }

    /// What `systemd-analyze verify` found; it writes to standard error only.
    private static List<HostText> problems(Optional<Capture> verify) throws Unreadable {
        return verify.isEmpty()
                ? List.of()
                : verify.get()
                        .readable()
                        .stderr()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(HostText::new)
                        .toList();
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<UnitStatus> reading) {
        return StatusFindings.of(arguments.unit(), reading.value());
    }
}
