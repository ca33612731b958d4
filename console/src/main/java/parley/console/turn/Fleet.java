package parley.console.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Does the same on many hosts at once, on virtual threads, a bounded number at a time.
final class Fleet {
    /// More sessions at once gain nothing on two processors and hide which host is slow.
    static final int MOST_AT_ONCE = 16;

    private Fleet() {}

    /// The results in the order of `tasks`, each of which ends soon when interrupted and says so in
    /// its result. A cancel of the caller cancels them all, loses none, and stays noticeable.
    static <T> List<T> all(List<Callable<T>> tasks) {
        return run(tasks, Optional.empty(), Optional.empty());
    }

    /// Like [#all], but whatever has not ended at `deadline` is interrupted.
    static <T> List<T> until(Instant deadline, List<Callable<T>> tasks) {
        return run(tasks, Optional.empty(), Optional.of(deadline));
    }

    /// Like [#all], but the first cancel only says so to `stopping` and lets the tasks finish; the
    /// second one cancels them.
    static <T> List<T> finish(List<Callable<T>> tasks, Runnable stopping) {
        return run(tasks, Optional.of(stopping), Optional.empty());
    }

    private static <T> List<T> run(
            List<Callable<T>> tasks, Optional<Runnable> stopping, Optional<Instant> deadline) {
        Semaphore places = new Semaphore(MOST_AT_ONCE);
        boolean cancelled = false;
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(
                        threads.submit(() -> {
                            places.acquireUninterruptibly();
                            try {
                                return task.call();
                            } finally {
                                places.release();
                            }
                        }));
            }
            while (results.size() < futures.size()) {
                try {
                    results.add(within(futures.get(results.size()), deadline));
                } catch (TimeoutException late) {
                    threads.shutdownNow();
                    deadline = Optional.empty();
                } catch (InterruptedException cancel) {
                    if (cancelled || stopping.isEmpty()) {
                        threads.shutdownNow();
                    } else {
                        stopping.get().run();
                    }
                    cancelled = true;
                }
            }
            return results;
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a task of a turn failed", broken.getCause());
        } finally {
            if (cancelled) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T within(Future<T> future, Optional<Instant> deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        return deadline.isEmpty()
                ? future.get()
                : future.get(
                        Math.max(0, Duration.between(Instant.now(), deadline.get()).toMillis()),
                        TimeUnit.MILLISECONDS);
    }
}
