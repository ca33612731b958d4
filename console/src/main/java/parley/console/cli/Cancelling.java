package parley.console.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C and an orderly end of the process into an interrupt of the working thread, and lets
/// it finish: end the command on the host, record how it ended, say so.
final class Cancelling {
    /// The host is given this long to end its command; afterwards the process ends all the same.
    private static final int MOST_SECONDS = 15;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Cancelling(Thread working) {
        hook =
                new Thread(
                        () -> {
                            working.interrupt();
                            try {
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
