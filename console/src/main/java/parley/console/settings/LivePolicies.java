package parley.console.settings;

import static java.util.Objects.requireNonNull;

import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.PolicyFile;
import parley.safety.policy.PolicySource;
import parley.safety.policy.ShippedPolicies;
import parley.tools.Card;

import java.util.List;

/// The policies as their files stand now: read again for every question, loaded again when a file
/// was changed, added or removed. A file that became wrong permits nothing until it is mended.
final class LivePolicies implements PolicySource {
    private final Directories directories;
    private final List<Card> cards;
    private final Noted noted;
    private List<PolicyFile> files;
    private Policies loaded;

    /// What must be done before policies judge: they are recorded.
    interface Noted {
        /// @throws PolicyError when that cannot be done; then they permit nothing
        void inForce(Policies policies) throws PolicyError;
    }

    LivePolicies(
            Directories directories,
            List<Card> cards,
            List<PolicyFile> files,
            Policies loaded,
            Noted noted) {
        this.noted = noted;
        this.directories = directories;
        this.cards = List.copyOf(cards);
        this.files = List.copyOf(files);
        this.loaded = requireNonNull(loaded, "loaded is null");
    }

    @Override
    public synchronized Policies current() throws PolicyError {
        try {
            List<PolicyFile> now = PolicyFiles.read(directories);
            if (!now.equals(files)) {
                Policies changed = ShippedPolicies.load(cards, now);
                noted.inForce(changed);
                loaded = changed;
                files = List.copyOf(now);
            }
            return loaded;
        } catch (BadSettings unreadable) {
            throw new PolicyError(unreadable.why(), unreadable);
        }
    }
}
