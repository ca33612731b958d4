package parley.safety.gate;

import java.util.Set;

/// The person who asks or approves. Never the model.
///
/// @param id the login name
/// @param roles `viewer`, `operator`, `reader`, `approver`, …, as the policies know them
public record Actor(String id, Set<String> roles) {
    public Actor {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an actor has a name");
        }
        roles = Set.copyOf(roles);
    }
}
