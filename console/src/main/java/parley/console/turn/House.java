package parley.console.turn;

import static java.util.Objects.requireNonNull;

import parley.console.reach.Executor;
import parley.console.reach.Reach;
import parley.safety.gate.Actor;
import parley.safety.gate.Gate;
import parley.safety.record.AuditLog;
import parley.tools.Hosts;
import parley.tools.catalogue.Catalogue;

import java.util.Optional;

/// Everything that outlives a single request.
///
/// @param situations what holds around a host when it is judged
/// @param secondPersons how somebody else is asked; empty where that is not set up
public record House(
        Catalogue catalogue,
        Hosts hosts,
        Gate gate,
        Situations situations,
        Optional<SecondPersons> secondPersons,
        AuditLog log,
        Reach reach,
        Executor executor,
        Platforms platforms,
        Actor actor) {
    public House {
        requireNonNull(catalogue, "catalogue is null");
        requireNonNull(hosts, "hosts is null");
        requireNonNull(gate, "gate is null");
        requireNonNull(situations, "situations is null");
        requireNonNull(secondPersons, "secondPersons is null");
        requireNonNull(log, "log is null");
        requireNonNull(reach, "reach is null");
        requireNonNull(executor, "executor is null");
        requireNonNull(platforms, "platforms is null");
        requireNonNull(actor, "actor is null");
    }
}
