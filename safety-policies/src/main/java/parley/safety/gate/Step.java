package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Canonical;
import parley.tools.Argv;
import parley.tools.Call;
import parley.tools.Host;
import parley.tools.Risk;
import parley.tools.schema.Arguments;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One command of one call on one host, with the exact words that would run: the unit of judgement
/// and of execution.
///
/// @param provenance where each given argument came from, by its name
/// @param hostKey fingerprints of the keys by which the host is known; empty for this machine and
///   for a host that was never met
public record Step(
        Call<?> call,
        Host host,
        Argv argv,
        Elevation elevation,
        Purpose purpose,
        Map<String, Provenance> provenance,
        String hostKey) {
    /// How it gets root's rights, if at all.
    public enum Elevation {
        NONE,
        /// `sudo -n`.
        SUDO
    }

    /// Why the step exists.
    public enum Purpose {
        /// First contact: finding out what kind of host it is.
        IDENTIFY,
        /// What was asked for.
        CALL,
        /// Looking before a change.
        PREVIEW,
        /// Looking after a change.
        CHECK
    }

    private static final List<String> CLEAN_ENVIRONMENT =
            List.of(
                    "env",
                    "-i",
                    "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                    "LC_ALL=C",
                    "TERM=dumb",
                    "HOME=/");

    public Step {
        requireNonNull(call, "call is null");
        requireNonNull(host, "host is null");
        requireNonNull(argv, "argv is null");
        requireNonNull(elevation, "elevation is null");
        requireNonNull(purpose, "purpose is null");
        provenance = Map.copyOf(provenance);
        requireNonNull(hostKey, "hostKey is null");
    }

    /// A step on this machine itself, or on a host whose key is not known yet.
    public Step(
            Call<?> call,
            Host host,
            Argv argv,
            Elevation elevation,
            Purpose purpose,
            Map<String, Provenance> provenance) {
        this(call, host, argv, elevation, purpose, provenance, "");
    }

    /// What this step may do: previews, checks and identification only look, whatever they serve.
    public Risk risk() {
        return call.risk();
    }

    /// The command as people know it: with `sudo -n` where it has that, without the fixed envelope.
    public List<String> shown() {
        List<String> words = new ArrayList<>();
        if (elevation == Elevation.SUDO) {
            words.addAll(List.of("sudo", "-n", "--"));
        }
        words.addAll(argv.words());
        return List.copyOf(words);
    }

    /// The exact words that run: a time limit kept by the host itself, a clean environment, then
    /// [#shown].
    public List<String> words() {
        List<String> words =
                new ArrayList<>(
                        List.of("timeout", "-k", "5", Long.toString(argv.timeLimit().toSeconds())));
        words.addAll(CLEAN_ENVIRONMENT);
        words.addAll(shown());
        return List.copyOf(words);
    }

    /// Everything that an approval of this step holds to: tool, arguments, the way to the host, its
    /// key, and the exact words.
    public ObjectNode binding() {
        ObjectNode binding = Json.mapper().createObjectNode();
        binding.put("tool", call.tool().name());
        binding.set("arguments", Arguments.write(call.arguments()));
        binding.put("host", host.name());
        binding.put("address", host.address().orElse("local"));
        host.port().ifPresent(port -> binding.put("port", port));
        binding.put("user", host.user().orElse(""));
        binding.put("via", host.via().orElse(""));
        binding.put("hostKey", hostKey);
        binding.put("purpose", purpose.name());
        words().forEach(binding.putArray("words")::add);
        return binding;
    }

    /// SHA-256, in hex, of the canonical JSON of [#binding].
    public String digest() {
        return digest(binding());
    }

    /// The digest of a step of which only the binding is at hand.
    public static String digest(ObjectNode binding) {
        return Canonical.sha256(binding);
    }
}
