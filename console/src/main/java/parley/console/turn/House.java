package parley.console.turn;

import static java.util.Objects.requireNonNull;

import parley.console.reach.Executor;
import parley.console.reach.Reach;
import parley.safety.gate.Actor;
import parley.safety.gate.Gate;
import parley.safety.record.AuditLog;
import parley.tools.Hosts;
import parley.tools.catalogue.Catalogue;

/// Everything that outlives a single request.
///
/// @param policies the hash of the policies in force, for the record
public record House(
        Catalogue catalogue,
        Hosts hosts,
        Gate gate,
        String policies,
        AuditLog log,
        Reach reach,
        Executor executor,
        Platforms platforms,
        Actor actor) {
    public House {
        requireNonNull(catalogue, "catalogue is null");
        requireNonNull(hosts, "hosts is null");
        requireNonNull(gate, "gate is null");
        requireNonNull(policies, "policies is null");
        requireNonNull(log, "log is null");
        requireNonNull(reach, "reach is null");
        requireNonNull(executor, "executor is null");
        requireNonNull(platforms, "platforms is null");
        requireNonNull(actor, "actor is null");
    }
}
