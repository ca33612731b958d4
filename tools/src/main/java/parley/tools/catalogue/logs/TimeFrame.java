package parley.tools.catalogue.logs;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.value.Since;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A stretch of time as a call asks for it, made exact by the host's own clock: "two hours ago" and
/// "yesterday at six" are moments there, whatever the time is here.
///
/// @param from `boot` stands for the running boot
public record TimeFrame(Optional<Since> from, Optional<Since> until) {
    public TimeFrame {
        requireNonNull(from, "from is null");
        requireNonNull(until, "until is null");
    }

    /// From `from` until now.
    public static TimeFrame since(Since from) {
        return new TimeFrame(Optional.of(from), Optional.empty());
    }

    public boolean isThisBoot() {
        return from.filter(Since::isBoot).isPresent();
    }

    /// What has to run first: the host's clock, unless no moment depends on it.
    public List<Argv> commands() {
        boolean asks = from.filter(since -> !since.isBoot()).isPresent() || until.isPresent();
        return asks ? HostClock.commands() : List.of();
    }

    /// The host's clock, as far as the captures of [#commands] are among these.
    public Optional<HostClock> clock(List<Capture> captures) throws Unreadable {
        List<Argv> commands = commands();
        if (commands.isEmpty() || Captures.find(captures, commands.getLast()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                HostClock.read(Captures.number(captures, commands.getFirst()), captures));
    }

    /// The exact beginning; empty for a boot, and where there is none.
    public Optional<Instant> start(Optional<HostClock> clock) {
        return moment(from.filter(since -> !since.isBoot()), clock);
    }

    /// The exact end; empty where it is now.
    public Optional<Instant> end(Optional<HostClock> clock) {
        return moment(until, clock);
    }

    private static Optional<Instant> moment(Optional<Since> time, Optional<HostClock> clock) {
        return time.flatMap(since -> clock.map(known -> known.at(since)));
    }

    /// The options that say so to `journalctl`.
    public List<String> conditions(Optional<HostClock> clock) {
        List<String> conditions = new ArrayList<>();
        if (isThisBoot()) {
            conditions.add("--boot=0");
        }
        start(clock).ifPresent(start -> conditions.add("--since=@" + start.getEpochSecond()));
        end(clock).ifPresent(end -> conditions.add("--until=@" + end.getEpochSecond()));
        return conditions;
    }
}
