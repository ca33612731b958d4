package parley.console.reach;

/// Who commands run as on a host before any sudo.
///
/// @param user the login name; the number where the host has no name for it
/// @param root whether that is root already, so that sudo is not needed
public record Login(String user, boolean root) {
    public Login {
        if (user.isBlank()) {
            throw new IllegalArgumentException("a login has a user");
        }
    }
}
