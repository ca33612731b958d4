package parley.prompts.plan.model;

import dev.langchain4j.model.chat.request.ChatRequest;

import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.tools.Bilingual;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// Asks a model, and again when that may help.
final class Endpoint {
    /// Beyond the first try.
    static final int MOST_RETRIES = 2;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(400);

    private final ModelSettings settings;
    private final Transport transport;

    /// Whether this endpoint takes the token limit under its newer name, which counts thoughts too.
    private volatile boolean countsThoughts;

    Endpoint(ModelSettings settings) {
        this.settings = settings;
        this.transport = new Transport(settings);
    }

    /// A whole reply. Nothing is tried again once words have reached the person: they would read
    /// two beginnings.
    ///
    /// @param exchanges takes in what is sent and received, also when it fails
    Outcome.Replied ask(
            ChatRequest request,
            Consumer<String> words,
            Deadline deadline,
            List<Planned.Exchange> exchanges)
            throws PlannerFailed, InterruptedException {
        for (int retry = 0; ; retry++) {
            Told told = new Told(words);
            switch (once(request, told, deadline, exchanges)) {
                case Outcome.Replied replied -> {
                    return replied;
                }
                case Outcome.Failed failed -> {
                    Duration pause = failed.after().orElse(pauseBefore(retry));
                    boolean late = pause.compareTo(deadline.left()) >= 0;
                    if (!failed.again() || told.any || retry == MOST_RETRIES || late) {
                        throw new PlannerFailed(
                                failed.again() && late
                                        ? tooLate(failed.why(), pause)
                                        : failed.why(),
                                exchanges,
                                null);
                    }
                    Thread.sleep(pause);
                }
            }
        }
    }

    private Outcome once(
            ChatRequest request, Told told, Deadline deadline, List<Planned.Exchange> exchanges)
            throws PlannerFailed, InterruptedException {
        while (true) {
            boolean modern = countsThoughts;
            Attempt attempt = attempt(modern, exchanges);
            try {
                Outcome outcome = attempt.run(request, new Thoughts(told), deadline);
                if (modern || outcome instanceof Outcome.Replied || !attempt.wantsNewLimit()) {
                    return outcome;
                }
                countsThoughts = true;
            } finally {
                exchanges.add(attempt.exchange());
            }
        }
    }

    private Attempt attempt(boolean modern, List<Planned.Exchange> exchanges) throws PlannerFailed {
        try {
            return new Attempt(settings, transport.client(), modern);
        } catch (Transport.BadCertificates bad) {
            throw new PlannerFailed(bad.why(), exchanges, bad);
        }
    }

    private static Duration pauseBefore(int retry) {
        return FIRST_PAUSE
                .multipliedBy(1L << retry)
                .plusMillis(ThreadLocalRandom.current().nextLong(200));
    }

    private static Bilingual tooLate(Bilingual why, Duration pause) {
        return Bilingual.of(
                "{0} (the next try would be in {1}, which is beyond the time limit)",
                "{0}（下次尝试需等待 {1}，已超出时限）", why, Trouble.seconds(pause));
    }

    /// Hands words on, harmless for a screen, and remembers that there were any.
    private static final class Told implements Consumer<String> {
        private final Consumer<String> words;
        private boolean any;

        Told(Consumer<String> words) {
            this.words = words;
        }

        @Override
        public void accept(String more) {
            any = true;
            words.accept(Clean.text(more));
        }
    }
}
