package parley.safety.record;

import static java.util.Objects.requireNonNull;

/// A process that has something recorded by a recorder.
///
/// @param user whose process it is, as the kernel says
/// @param process its number, as it says itself; the recorder sees that it is that user's
record Peer(String user, long process) {
    Peer {
        requireNonNull(user, "user is null");
    }
}
