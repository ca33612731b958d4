package parley.console.turn;

/// Whether a person asked to stop watching. Work that was begun goes on on its host.
@FunctionalInterface
interface Leave {
    boolean asked();
}
