package parley.console.settings;

import java.util.function.Predicate;

/// Who may read contents of other people's requests: those with the role `auditor` in
/// `/etc/parley/roles.yaml`, as it stands at that moment.
public final class Auditors implements Predicate<String> {
    @Override
    public boolean test(String user) {
        try {
            return Roles.read(Roles.FILE, user).contains("auditor");
        } catch (BadSettings unreadable) {
            return false;
        }
    }
}
