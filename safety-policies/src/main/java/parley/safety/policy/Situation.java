package parley.safety.policy;

import static java.util.Objects.requireNonNull;

/// What holds around a step when it is judged, beside the step itself: calendar, locks, what the
/// person declared, what happened lately.
///
/// @param weekday a word of the schema's `Weekday`, in the calendar's time zone
/// @param hour 0–23, in the calendar's time zone
/// @param freeze whether a change freeze covers the host now
/// @param outsideWindow whether the host has maintenance windows and none of them is open now
/// @param lockedByOther whether somebody else holds the host's maintenance lock
/// @param ticket the ticket number the person named; empty for none
/// @param breakGlass whether the person declared an emergency, with a reason
/// @param freezeOverride whether the person asked to change in spite of a freeze, with a reason
/// @param changesLastHour changes that this person's record holds for the last hour, on any host
/// @param failuresLastHour changes of the last hour on this host that failed or whose end is
///   unknown
public record Situation(
        String weekday,
        int hour,
        boolean freeze,
        boolean outsideWindow,
        boolean lockedByOther,
        String ticket,
        boolean breakGlass,
        boolean freezeOverride,
        long changesLastHour,
        long failuresLastHour) {
    /// A Monday noon on which nothing is the matter: for questions that are asked apart from any
    /// request.
    public static final Situation CALM =
            new Situation("mon", 12, false, false, false, "", false, false, 0, 0);

    public Situation {
        requireNonNull(weekday, "weekday is null");
        requireNonNull(ticket, "ticket is null");
        if (hour < 0 || hour > 23) {
            throw new IllegalArgumentException("not an hour: " + hour);
        }
    }
}
