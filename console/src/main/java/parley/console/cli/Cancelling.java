package parley.console.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C and an orderly end of the process into an interrupt of the working thread, and lets
/// it finish: end the command on the host, record how it ended, say so.
final class Cancelling {
    /// What was begun is given this long to be finished, as the first Ctrl-C asks.
    private static final int FINISHING_SECONDS = 10;

    /// Then it is broken off, and the host is given this long to end its command and the record to
    /// say so; afterwards the process ends all the same.
    private static final int MOST_SECONDS = 15;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Cancelling(Thread working) {
        hook =
                new Thread(
                        () -> {
                            try {
                                working.interrupt();
                                if (over.await(FINISHING_SECONDS, TimeUnit.SECONDS)) {
                                    return;
                                }
                                working.interrupt();
                                if (!over.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                                    System.err.println("parley: the request did not end in time");
                                }
                            } catch (InterruptedException impatient) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "cancel");
    }

    static Cancelling thisThread() {
        Cancelling cancelling = new Cancelling(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(cancelling.hook);
        return cancelling;
    }

    /// The work is done: Ctrl-C means what it always meant again.
    void over() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // The process is on its way out; the hook sees the latch.
            return;
        }
    }
}
