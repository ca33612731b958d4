package parley.safety.policy;

import parley.tools.Card;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.FutureTask;

/// The policies that come with Parley.
public final class ShippedPolicies {
    private static final List<String> NAMES =
            List.of(
                    // keep-sorted start
                    "calendar.cedar",
                    "changes.cedar",
                    "contents.cedar",
                    "model.cedar",
                    "outbound.cedar",
                    "protected.cedar",
                    "provenance.cedar",
                    "who-may.cedar"
                    // keep-sorted end
                    );

    private static final List<String> TESTS =
            List.of(
                    // keep-sorted start
                    "calendar.test.yaml",
                    "contents.test.yaml",
                    "model.test.yaml",
                    "preview.test.yaml",
                    "protected.test.yaml",
                    "who-may.test.yaml"
                    // keep-sorted end
                    );

    private ShippedPolicies() {}

    /// The cases beside the files, as YAML.
    public static List<PolicyFile> tests() {
        return TESTS.stream().map(ShippedPolicies::resource).toList();
    }

    /// The files, named `policies/changes.cedar` and so on.
    public static List<PolicyFile> files() {
        return NAMES.stream().map(ShippedPolicies::resource).toList();
    }

    /// The declarations that [ActionSchema#of] adds the tools to.
    public static PolicyFile declarations() {
        return resource("schema.cedarschema");
    }

    /// The shipped policies and `more`, for these tools.
    ///
    /// @throws PolicyError pointing at the first offending line
    public static Policies load(Collection<Card> tools, List<PolicyFile> more) throws PolicyError {
        List<PolicyFile> all = new ArrayList<>(files());
        all.addAll(more);
        return Policies.load(all, ActionSchema.of(declarations(), tools));
    }

    /// Starts [#load] on a thread of its own and warms what it gives; `get` waits for it.
    public static FutureTask<Policies> inBackground(Collection<Card> tools, List<PolicyFile> more) {
        FutureTask<Policies> task =
                new FutureTask<>(() -> {
                    Policies policies = load(tools, more);
                    policies.warm();
                    return policies;
                });
        Thread.ofPlatform().daemon().name("policies").start(task);
        return task;
    }

    private static PolicyFile resource(String name) {
        try (InputStream in = ShippedPolicies.class.getResourceAsStream("/policies/" + name)) {
            if (in == null) {
                throw new IllegalStateException("not in this build: policies/" + name);
            }
            return new PolicyFile(
                    "policies/" + name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
