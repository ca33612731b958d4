package parley.console.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Does the same on many hosts at once, on virtual threads, a bounded number at a time.
final class Fleet {
    /// More sessions at once gain nothing on two processors and hide which host is slow.
    static final int MOST_AT_ONCE = 16;

    private Fleet() {}

    /// The results in the order of `tasks`.
    ///
    /// @throws InterruptedException when cancelled; every task was interrupted and has ended by
    ///   then
    static <T> List<T> all(List<Callable<T>> tasks) throws InterruptedException {
        Semaphore places = new Semaphore(MOST_AT_ONCE);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(
                        threads.submit(() -> {
                            places.acquire();
                            try {
                                return task.call();
                            } finally {
                                places.release();
                            }
                        }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case InterruptedException cancelled -> throw cancelled;
                case RuntimeException broken -> throw broken;
                case null, default ->
                        throw new IllegalStateException(
                                "a task of a turn failed", failed.getCause());
            }
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }
}
