package parley.console.turn;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

import java.util.Collection;

/// How a request, or one call of it on one host, ended. There is no ending without a name.
public sealed interface Outcome {
    /// The word of the interfaces: `done`, `failed`, `denied`, …
    String word();

    /// The exit code of a run that ended so.
    int exitCode();

    /// What happened and what to do about it.
    Bilingual says();

    /// The same for a model, which need not learn everything.
    default Bilingual saysToModels() {
        return says();
    }

    /// Whether it is never hidden behind the endings of other parts: cancelled, not recorded, not
    /// known.
    default boolean mustBeSeen() {
        return this instanceof Ended ended && ended.kind().compareTo(Kind.CANCELLED) >= 0;
    }

    default boolean is(Kind kind) {
        return this instanceof Ended ended && ended.kind() == kind;
    }

    record Done() implements Outcome {
        @Override
        public String word() {
            return "done";
        }

        @Override
        public int exitCode() {
            return 0;
        }

        @Override
        public Bilingual says() {
            return Bilingual.of("done", "已完成");
        }
    }

    /// An ending that needs words of its own.
    ///
    /// @param toldToModels whether a model learns what it says; else only how it ended
    record Ended(Kind kind, Bilingual says, boolean toldToModels) implements Outcome {
        public Ended {
            requireNonNull(kind, "kind is null");
            requireNonNull(says, "says is null");
        }

        @Override
        public Bilingual saysToModels() {
            return toldToModels
                    ? says
                    : Bilingual.of(
                            "not permitted; the reason is told to the person only", "不允许；原因只告知操作员");
        }

        @Override
        public String word() {
            return kind.word;
        }

        @Override
        public int exitCode() {
            return kind.exitCode;
        }
    }

    /// Every other ending. A later one is graver.
    enum Kind {
        /// The condition did not hold: nothing had to be done.
        SKIPPED("skipped", 0),
        /// An argument, a host or a value that does not exist.
        INVALID("invalid", 2),
        NOT_SUPPORTED("not-supported", 6),
        NO_TOOL("no-tool", 6),
        QUESTION("question", 5),
        UNREADABLE("unreadable", 1),
        FAILED("failed", 1),
        /// An earlier step or host failed, so this one was not begun.
        NOT_BEGUN("not-begun", 7),
        PARTLY("partly", 7),
        UNREACHABLE("unreachable", 8),
        APPROVAL_NEEDED("approval-needed", 4),
        DECLINED("declined", 4),
        DENIED("denied", 3),
        CANCELLED("cancelled", 130),
        RECORD_UNAVAILABLE("record-unavailable", 10),
        /// It may or may not have happened; a person must look.
        UNKNOWN("unknown", 9);

        private final String word;
        private final int exitCode;

        Kind(String word, int exitCode) {
            this.word = word;
            this.exitCode = exitCode;
        }
    }

    static Outcome done() {
        return new Done();
    }

    static Outcome of(Kind kind, Bilingual says) {
        return new Ended(kind, says, true);
    }

    /// An ending whose reason would teach a model how to get around it.
    static Outcome forPeople(Kind kind, Bilingual says) {
        return new Ended(kind, says, false);
    }

    /// The ending of a whole from the endings of its parts: the same when all agree, `partly` when
    /// some are done and others are not, else the gravest. An unknown, unrecorded or cancelled part
    /// is never hidden behind `partly`.
    static Outcome of(Collection<Outcome> parts) {
        Outcome gravest = parts.stream().reduce(done(), Outcome::graver);
        boolean someDone = parts.stream().anyMatch(part -> part.exitCode() == 0);
        if (gravest.exitCode() != 0 && someDone && !gravest.mustBeSeen()) {
            long failed = parts.stream().filter(part -> part.exitCode() != 0).count();
            return of(
                    Kind.PARTLY,
                    Bilingual.of(
                            "{0} of {1} parts did not succeed",
                            "{1} 项中有 {0} 项未成功", failed, parts.size()));
        }
        return gravest;
    }

    private static Outcome graver(Outcome left, Outcome right) {
        return switch (left) {
            case Done ignored -> right;
            case Ended first ->
                    right instanceof Ended second && second.kind().compareTo(first.kind()) > 0
                            ? second
                            : first;
        };
    }
}
