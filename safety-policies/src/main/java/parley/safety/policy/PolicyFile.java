package parley.safety.policy;

import static java.util.Objects.requireNonNull;

/// A file of policies, with the name that messages give it.
///
/// @param name `policies/changes.cedar`
/// @param forbidsOnly whether a `permit` in it is an error: so with a user's own files
public record PolicyFile(String name, String text, boolean forbidsOnly) {
    public PolicyFile {
        requireNonNull(name, "name is null");
        requireNonNull(text, "text is null");
    }

    public PolicyFile(String name, String text) {
        this(name, text, false);
    }
}
