package parley.stories;

import java.util.ArrayList;
import java.util.List;

/// The faults that diagnoses are tried on.
final class Troubles {
    private Troubles() {}

    static List<Trouble> all() {
        List<Trouble> all = new ArrayList<>();
        all.addAll(ServiceTroubles.all());
        all.addAll(StorageTroubles.all());
        all.addAll(LoadTroubles.all());
        all.addAll(NetworkTroubles.all());
        all.addAll(PackageTroubles.all());
        return List.copyOf(all);
    }
}
