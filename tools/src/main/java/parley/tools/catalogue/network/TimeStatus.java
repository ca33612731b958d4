package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

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
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a host's clock is right, who keeps it right, and how far it is from this machine's.
///
/// Sources: `date`, `systemctl show` of the usual time daemons, `timedatectl show`, and `chronyc
/// -c` for tracking and sources. Offsets are in milliseconds, positive when the host's clock is
/// ahead. Never empty. Without chronyd the offset from true time is not known: the reading is
/// partial where another daemon runs. chronyd says *Normal* also when it follows nobody but itself:
/// synchronised means that it follows a source that answered.
public final class TimeStatus implements Observation<TimeStatus.Arguments, TimeStatus.Clock> {
    private static final List<String> DAEMONS =
            List.of(
                    "chronyd.service",
                    "chrony.service",
                    "systemd-timesyncd.service",
                    "ntpd.service",
                    "ntp.service",
                    "ntpsec.service");
    private static final Pattern DATE =
            Pattern.compile("(\\d{9,11})(?:\\.(\\d{9}|N))? (\\S{1,16})");

    public record Arguments() {}

    /// What a clock is like.
    ///
    /// @param daemons the units of time daemons that run
    /// @param synced whether the clock follows a source that answers
    /// @param offsetMs ahead of true time, as the daemon estimates it
    /// @param maxErrorMs the most that can be wrong: offset, half the delay, and dispersion
    /// @param consoleOffsetMs ahead of this machine's clock
    /// @param consoleErrorMs how exact that is: half the round trip
    public record Clock(
            @Means(en = "daemons", zh = "守护进程") List<HostText> daemons,
            @Means(en = "synchronised", zh = "已同步") boolean synced,
            @Means(en = "follows", zh = "跟随") Optional<HostText> source,
            @Means(en = "only itself", zh = "只跟随自己") boolean onlyItself,
            @Means(en = "offset ms", zh = "偏移毫秒") Optional<Double> offsetMs,
            @Means(en = "at most wrong ms", zh = "最大误差毫秒") Optional<Double> maxErrorMs,
            @Means(en = "stratum", zh = "层级") Optional<Long> stratum,
            @Means(en = "frequency ppm", zh = "频率误差 ppm") Optional<Double> frequencyPpm,
            @Means(en = "leap", zh = "闰秒状态") Optional<HostText> leap,
            @Means(en = "sources", zh = "时间源") List<TimeSource> sources,
            @Means(en = "console offset ms", zh = "与本机相差毫秒") double consoleOffsetMs,
            @Means(en = "± ms", zh = "± 毫秒") double consoleErrorMs,
            @Means(en = "zone", zh = "时区") HostText timezone,
            @Means(en = "now", zh = "当前时间") Instant now) {
        public Clock {
            daemons = List.copyOf(daemons);
            requireNonNull(source, "source is null");
            requireNonNull(offsetMs, "offsetMs is null");
            requireNonNull(maxErrorMs, "maxErrorMs is null");
            requireNonNull(stratum, "stratum is null");
            requireNonNull(frequencyPpm, "frequencyPpm is null");
            requireNonNull(leap, "leap is null");
            sources = List.copyOf(sources);
            requireNonNull(timezone, "timezone is null");
            requireNonNull(now, "now is null");
        }

        /// How many sources answered lately.
        public long reachableSources() {
            return sources.stream().filter(TimeSource::reachable).count();
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "time.status",
                "network",
                Bilingual.of("Clock and time synchronisation", "时钟与时间同步"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("is the clock on web-1 in sync?", "web-1 的时间同步了没"),
                Bilingual.of("is chrony in sync on db-1?", "db-1 的 chrony 同步正常吗"),
                Bilingual.of("what time is it on batch-1", "batch-1 上几点了"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        List<String> show =
                new ArrayList<>(
                        List.of("systemctl", "show", "-p", "Id,LoadState,ActiveState", "--"));
        show.addAll(DAEMONS);
        return Next.sequence(
                soFar,
                Argv.of("date", "-u", "+%s.%N %Z"),
                Argv.of(show).alsoReadableWhenExit(1, 127),
                Argv.of("timedatectl", "show").alsoReadableWhenExit(1, 127),
                Chrony.tracking(),
                Chrony.sources());
    }

    @Override
    public Reading<Clock> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        Capture date = captures.getFirst();
        Instant now = now(captures);
        List<HostText> daemons = daemons(captures.get(1), gaps);
        Optional<KeyValues> settings = settings(captures.get(2));
        Optional<Chrony> chrony =
                Chrony.answered(captures.get(3))
                        ? Optional.of(Chrony.read(4, captures))
                        : Optional.empty();
        List<TimeSource> sources =
                Chrony.answered(captures.get(4)) ? Chrony.readSources(5, captures) : List.of();
        boolean followed = sources.stream().anyMatch(one -> one.followed() && one.reachable());
        boolean kernel =
                settings.isPresent() && settings.get().yes("NTPSynchronized") && chrony.isEmpty();
        if (chrony.isEmpty() && !daemons.isEmpty()) {
            String names = String.join(", ", daemons.stream().map(HostText::value).toList());
            gaps.add(
                    Bilingual.of(
                            "the offset and the sources are not known: only chronyd is asked for"
                                    + " them, and here runs {0}",
                            "偏移与时间源未知：只能向 chronyd 查询，而该主机运行的是 {0}", names));
        }
        return Reading.of(
                new Clock(
                        daemons,
                        chrony.isPresent()
                                ? followed && !chrony.get().followsItself()
                                : kernel && !daemons.isEmpty(),
                        chrony.flatMap(one -> one.source(sources)),
                        chrony.filter(Chrony::followsItself).isPresent(),
                        chrony.map(Chrony::offsetMs),
                        chrony.map(Chrony::maxErrorMs),
                        chrony.map(Chrony::stratum),
                        chrony.map(Chrony::frequencyPpm),
                        chrony.map(Chrony::leap).map(HostText::new),
                        sources,
                        Milliseconds.rounded(
                                Duration.between(date.midpoint(), now).toNanos() / 1e6),
                        Milliseconds.rounded(date.took().toNanos() / 2e6),
                        new HostText(settings.flatMap(one -> one.find("Timezone")).orElse("UTC")),
                        now),
                gaps);
    }

    private static Instant now(List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(1, captures);
        if (lines.size() != 1) {
            throw Unreadable.line(
                    captures.getFirst().argv(), 1, "one moment", captures.getFirst().stdout());
        }
        Matcher form = lines.getFirst().match(DATE, "seconds and nanoseconds");
        String nanos = Optional.ofNullable(form.group(2)).orElse("N");
        return Instant.ofEpochSecond(
                lines.getFirst().whole(form.group(1)),
                nanos.equals("N") ? 0 : Long.parseLong(nanos));
    }

    private static List<HostText> daemons(Capture show, List<Bilingual> gaps) throws Unreadable {
        if (show.readable().missing() || show.exit() != 0) {
            gaps.add(
                    Bilingual.of(
                            "which time daemons run is not known: systemd does not answer here",
                            "无法得知运行着哪些时间守护进程：该主机的 systemd 没有应答"));
            return List.of();
        }
        List<HostText> running = new ArrayList<>();
        for (KeyValues block : KeyValues.blocks(show)) {
            HostText name = new HostText(block.text("Id"));
            if (block.text("ActiveState").equals("active") && !running.contains(name)) {
                running.add(name);
            }
        }
        return running;
    }

    private static Optional<KeyValues> settings(Capture show) throws Unreadable {
        return show.readable().missing() || show.exit() != 0
                ? Optional.empty()
                : Optional.of(KeyValues.only(show));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Clock> reading) {
        return ClockFindings.of(reading);
    }
}
