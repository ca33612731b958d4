package parley.safety.gate;

import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Risk;
import parley.tools.schema.BadArguments;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Steps and circumstances for tests of approval.
final class Steps {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Actor ANN = new Actor("ann", Set.of("viewer", "operator", "reader"));

    private Steps() {}

    static Host host(String name, String environment) {
        Host host = Cases.host(environment, Set.of("web"));
        return new Host(
                name,
                Optional.of(name + ".example"),
                host.port(),
                host.user(),
                host.via(),
                host.become(),
                host.environment(),
                host.groups(),
                host.aliases(),
                true,
                Map.of());
    }

    static Step step(String tool, String arguments, Host host) {
        return step(tool, arguments, host, Map.of());
    }

    static Step step(String tool, String arguments, Host host, Map<String, Provenance> provenance) {
        try {
            var json = TestTools.json(arguments);
            var call = TestTools.call(tool, json);
            Map<String, Provenance> from = new HashMap<>();
            json.fieldNames().forEachRemaining(name -> from.put(name, Provenance.OPERATOR));
            from.putAll(provenance);
            return new Step(
                    call,
                    host,
                    TestTools.command(tool, call.arguments()),
                    Step.Elevation.SUDO,
                    Step.Purpose.CALL,
                    from);
        } catch (BadArguments refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    static Circumstances circumstances(Step step) {
        return new Circumstances(
                ANN,
                Set.of(step.host().name()),
                0,
                0,
                Risk.OBSERVE,
                Set.of(),
                Set.of(),
                List.of(Bilingual.of("nginx is interrupted", "nginx 会中断")),
                List.of(Bilingual.of("start it again", "重新启动它")),
                false);
    }

    static Judged judged(Gate gate, Step step) {
        Circumstances circumstances = circumstances(step);
        return new Judged(step, circumstances, gate.judge(step, circumstances));
    }
}
