package parley.safety.record.story;

import static java.util.Objects.requireNonNull;

import parley.safety.record.Recorded;

import java.util.Optional;

/// One command of a request, from its judgement to what became of it.
///
/// @param decision the judgement; empty in records of which the beginning is gone
/// @param intent that it was about to run; empty when it never was
/// @param end `exec.result` or `exec.unknown`
/// @param settled what somebody found out about an unknown end, or the end of work that went on by
///   itself
public record Command(
        Optional<Recorded> decision,
        Optional<Recorded> intent,
        Optional<Recorded> end,
        Optional<Recorded> settled) {
    public Command {
        requireNonNull(decision, "decision is null");
        requireNonNull(intent, "intent is null");
        requireNonNull(end, "end is null");
        requireNonNull(settled, "settled is null");
    }

    /// Any of its entries: they all name tool, host, arguments, purpose and words.
    public Recorded about() {
        return decision.or(() -> intent).or(() -> end).orElseThrow();
    }

    public String host() {
        return Fields.text(about(), "host");
    }

    public String tool() {
        return Fields.text(about(), "tool");
    }

    /// `CALL`, `PREVIEW`, `CHECK` or `IDENTIFY`.
    public String purpose() {
        return Fields.text(about(), "purpose");
    }

    public String verdict() {
        return decision.map(entry -> Fields.text(entry, "verdict")).orElse("");
    }

    public boolean isDenied() {
        return verdict().equals("deny");
    }

    Command with(Recorded entry) {
        return switch (entry.type()) {
            case "exec.intent" -> new Command(decision, Optional.of(entry), end, settled);
            case "exec.settled", "exec.ended" ->
                    new Command(decision, intent, end, Optional.of(entry));
            default -> new Command(decision, intent, Optional.of(entry), settled);
        };
    }
}
