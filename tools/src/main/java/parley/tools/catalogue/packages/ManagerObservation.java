package parley.tools.catalogue.packages;

import parley.tools.Capture;
import parley.tools.Family;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;

import java.util.List;
import java.util.Optional;

/// An observation that asks the host's own package manager; without a dialect for the host's family
/// it says that it is not supported there.
public interface ManagerObservation<A extends Record, R extends Record> extends Observation<A, R> {
    /// How hosts of this family are asked.
    Optional<Dialect<A, R>> dialect(Family family);

    @Override
    default Next next(A arguments, Platform platform, List<Capture> soFar) {
        return dialect(platform.family())
                .map(dialect -> dialect.next(arguments, soFar))
                .orElseGet(() -> Unsupported.on(platform));
    }

    @Override
    default Reading<R> read(A arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return dialect(platform.family())
                .orElseThrow(() -> new Unreadable(Unsupported.on(platform).why()))
                .read(arguments, captures);
    }
}
