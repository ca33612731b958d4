package parley.tools.read;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.value.Since;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A host's own clock and time zone, for programs that print local times without saying in which
/// zone.
///
/// @param now when the host was asked, by its own clock
/// @param named whether the zone's name is known; else `zone` is the offset of now, which another
///   season may not have had
public record HostClock(Instant now, ZoneId zone, boolean named) {
    private static final Pattern DATE =
            Pattern.compile("(\\d{1,12}) ([+-]\\d{2})(\\d{2}) (\\S{1,16})");
    private static final Pattern LINK =
            Pattern.compile("/usr/share/zoneinfo/(?:posix/)?([A-Za-z0-9_+/-]{1,48})");

    public HostClock {
        requireNonNull(now, "now is null");
        requireNonNull(zone, "zone is null");
    }

    /// The two commands that [#read] reads, in order: `date`, and where `/etc/localtime` leads.
    public static List<Argv> commands() {
        return List.of(
                Argv.of("date", "+%s %z %Z"),
                Argv.of("readlink", "-f", "--", "/etc/localtime").alsoReadableWhenExit(1));
    }

    /// The clock that the captures of [#commands] show; `first` counts from 1.
    ///
    /// @throws Unreadable when `date` printed no moment
    public static HostClock read(int first, List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(first, captures);
        Capture date = captures.get(first - 1);
        if (lines.size() != 1) {
            throw Unreadable.line(date.argv(), 1, "one moment", date.stdout());
        }
        Matcher moment = lines.getFirst().match(DATE, "seconds, offset and zone");
        try {
            Instant now = Instant.ofEpochSecond(lines.getFirst().whole(moment.group(1)));
            ZoneOffset offset = ZoneOffset.of(moment.group(2) + ":" + moment.group(3));
            Matcher link = LINK.matcher(captures.get(first).readable().stdout().strip());
            if (link.matches() && ZoneId.getAvailableZoneIds().contains(link.group(1))) {
                ZoneId zone = ZoneId.of(link.group(1));
                if (zone.getRules().getOffset(now).equals(offset)) {
                    return new HostClock(now, zone, true);
                }
            }
            // without a zone file the C library counts in UTC
            return new HostClock(now, offset, moment.group(4).equals("UTC"));
        } catch (DateTimeException refused) {
            throw lines.getFirst().refused("seconds, offset and zone");
        }
    }

    /// The moment of a local time. Of two, in the hour that is repeated in autumn, the earlier.
    public Instant at(LocalDateTime local) {
        return local.atZone(zone).toInstant();
    }

    /// The moment that a time of a call stands for, by this clock.
    ///
    /// @throws IllegalArgumentException for `boot`, which only the journal can place
    public Instant at(Since since) {
        if (since.isBoot()) {
            throw new IllegalArgumentException("the start of a boot is no time of the clock");
        }
        return since.ago()
                .map(now::minus)
                .orElseGet(() ->
                        since.isWallTime()
                                ? at(since.wallMoment(now.atZone(zone).toLocalDate()))
                                : OffsetDateTime.parse(since.value()).toInstant());
    }

    /// `Europe/Berlin`, `UTC`, or `+08:00` where the zone has no known name.
    public String zoneName() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
