package parley.safety.record;

import java.nio.file.Path;
import java.time.Duration;

/// A process that takes the record's lock and keeps it until its input ends.
final class Holding {
    private Holding() {}

    public static void main(String[] arguments) throws Exception {
        FolderLock lock = FolderLock.open(new Layout(Path.of(arguments[0])));
        try (FolderLock.Held held = lock.acquire(Duration.ofSeconds(10))) {
            System.out.println("held " + held.hashCode());
            System.out.flush();
            System.in.read();
        }
    }
}
