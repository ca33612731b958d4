package parley.console.reach;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs what may block for long on a thread of its own, so that the caller can give up on it.
final class Limited {
    private Limited() {}

    /// @param abandon what releases the work when it is given up: closing its socket
    /// @throws TimeoutException when `limit` is over
    /// @throws ExecutionException with what the work threw
    static <T> T call(Duration limit, Callable<T> work, Runnable abandon)
            throws InterruptedException, TimeoutException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("limited").start(task);
        boolean done = false;
        try {
            T result = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            done = true;
            return result;
        } catch (ExecutionException failed) {
            done = true;
            throw failed;
        } finally {
            if (!done) {
                thread.interrupt();
                abandon.run();
            }
        }
    }

    /// The same for what must be seen through although the caller is interrupted: an interrupt is
    /// kept for later.
    static <T> T callThrough(Duration limit, Callable<T> work, Runnable abandon)
            throws TimeoutException, ExecutionException {
        long end = System.nanoTime() + limit.toNanos();
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("limited").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException late) {
            thread.interrupt();
            abandon.run();
            throw late;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
