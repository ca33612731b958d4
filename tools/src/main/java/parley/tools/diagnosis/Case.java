package parley.tools.diagnosis;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Clue;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Lead;
import parley.tools.Observation;
import parley.tools.value.Port;
import parley.tools.value.Target;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A diagnosis under way: what was asked about, and what has been read so far.
///
/// @param host the host it was asked about
/// @param clues in the order in which they were read
public record Case(
        Host host,
        Hosts hosts,
        Optional<UnitName> unit,
        Optional<Port> port,
        Optional<Target> target,
        List<Clue> clues) {
    public Case {
        requireNonNull(host, "host is null");
        requireNonNull(hosts, "hosts is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(port, "port is null");
        requireNonNull(target, "target is null");
        clues = List.copyOf(clues);
    }

    /// A call on the host that was asked about.
    public <A extends Record> Lead lead(Observation<A, ?> tool, A arguments) {
        return new Lead(host, new Call<>(tool, arguments));
    }

    /// Those of `leads` that were not followed yet; empty when there is a clue for each.
    public List<Lead> open(List<Lead> leads) {
        List<Lead> open = new ArrayList<>();
        for (Lead lead : leads) {
            if (clue(lead).isEmpty() && !open.contains(lead)) {
                open.add(lead);
            }
        }
        return open;
    }

    /// What became of `lead`, where it was followed.
    public Optional<Clue> clue(Lead lead) {
        return clues.stream().filter(one -> one.lead().equals(lead)).findFirst();
    }

    /// What `lead` read as a `type`; empty where it was not followed or gave nothing.
    public <R extends Record> Optional<Seen<R>> seen(Lead lead, Class<R> type) {
        return clue(lead).flatMap(clue -> Seen.of(clue, type));
    }

    /// Why `lead` gave nothing.
    public Bilingual why(Lead lead) {
        return clue(lead)
                .flatMap(clue ->
                        clue.result() instanceof Clue.Missing missing
                                ? Optional.of(missing.why())
                                : Optional.empty())
                .orElse(Bilingual.of("it was not read", "没有读取"));
    }

    /// What `clue` read, as the type that it is.
    ///
    /// @param gaps what could not be seen; empty for a complete reading
    public record Seen<R extends Record>(Clue clue, R value, List<Bilingual> gaps) {
        public Seen {
            requireNonNull(clue, "clue is null");
            requireNonNull(value, "value is null");
            gaps = List.copyOf(gaps);
        }

        static <R extends Record> Optional<Seen<R>> of(Clue clue, Class<R> type) {
            return clue.reading()
                    .filter(reading -> type.isInstance(reading.value()))
                    .map(reading -> new Seen<>(clue, type.cast(reading.value()), reading.gaps()));
        }

        /// Whether everything was visible.
        public boolean isWhole() {
            return gaps.isEmpty();
        }
    }
}
