package parley.tools.diagnosis;

import parley.tools.catalogue.host.HostIdentify.Identity;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.read.HostTime;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A time that a host wrote down, and what it is by this machine's clock.
///
/// @param onset empty where the host's clock was not read
record Moment(Instant byHost, Optional<Onset> onset, long aheadMs) {
    /// Less is neither worth a word nor surely so.
    private static final long WORTH_TELLING = 1000;

    /// Journals are precise to less than what asking over a network is.
    static Moment of(Instant byHost, Optional<Seen<Identity>> clock) {
        long ahead = clock.map(seen -> seen.value().hostOffsetMs()).orElse(0L);
        Optional<Onset> onset =
                clock.map(seen ->
                        new Onset(
                                byHost.minusMillis(ahead),
                                Math.max(1, seen.value().roundTripMs() / 2)));
        return new Moment(byHost, onset, ahead);
    }

    private String corrected() {
        return HostTime.spoken(onset.map(Onset::at).orElse(byHost));
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f", Math.abs(aheadMs) / 1000.0);
    }

    /// `2026-11-21 02:10:03 UTC`, with what its own clock said where that differs.
    String en() {
        return onset.isEmpty()
                ? corrected() + " by its own clock"
                : Math.abs(aheadMs) < WORTH_TELLING
                        ? corrected()
                        : corrected()
                                + " (its own clock, "
                                + seconds()
                                + (aheadMs > 0 ? " s ahead, said " : " s behind, said ")
                                + HostTime.spoken(byHost)
                                + ")";
    }

    String zh() {
        return onset.isEmpty()
                ? corrected() + "（按其自身时钟）"
                : Math.abs(aheadMs) < WORTH_TELLING
                        ? corrected()
                        : corrected()
                                + "（其自身时钟"
                                + (aheadMs > 0 ? "快 " : "慢 ")
                                + seconds()
                                + " 秒，记为 "
                                + HostTime.spoken(byHost)
                                + "）";
    }
}
