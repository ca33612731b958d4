package parley.console.turn;

import java.util.concurrent.atomic.AtomicInteger;

/// Gives the pieces of evidence of one request their numbers: `#1`, `#2`, … Safe for many threads.
final class EvidenceIds {
    private final AtomicInteger given = new AtomicInteger();

    String next() {
        return "#" + given.incrementAndGet();
    }
}
