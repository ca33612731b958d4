package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Next;
import parley.tools.Reading;
import parley.tools.Unreadable;

import java.util.List;
import java.util.Optional;

/// Lets an observation with many dependent commands be written as straight-line code: each question
/// is answered by the capture that is there already, and the first that is not names the next
/// command.
final class Asking {
    private final List<Capture> captures;
    private int asked;

    private Asking(List<Capture> captures) {
        this.captures = captures;
    }

    /// Questions in their order, and what follows from the answers.
    interface Look<R> {
        R through(Asking asking) throws Unasked, Unreadable;
    }

    /// A question that nobody has put to the host yet.
    static final class Unasked extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Argv argv;

        private Unasked(Argv argv) {
            super(argv.program(), null, false, false);
            this.argv = argv;
        }
    }

    /// Questions that depend on the arguments of a call, too.
    interface Procedure<A, R extends Record> {
        Reading<R> through(A arguments, Asking asking) throws Unasked, Unreadable;
    }

    /// A dialect written as straight-line code.
    static <A extends Record, R extends Record> Optional<Dialect<A, R>> dialect(
            Procedure<A, R> procedure) {
        return Optional.of(
                new Dialect<>() {
                    @Override
                    public Next next(A arguments, List<Capture> soFar) {
                        return Asking.next(soFar, asking -> procedure.through(arguments, asking));
                    }

                    @Override
                    public Reading<R> read(A arguments, List<Capture> captures) throws Unreadable {
                        return Asking.read(
                                captures, asking -> procedure.through(arguments, asking));
                    }
                });
    }

    /// The capture of `argv`.
    ///
    /// @throws Unasked when it has not run yet
    Capture ask(Argv argv) throws Unasked {
        if (asked == captures.size()) {
            throw new Unasked(argv);
        }
        return captures.get(asked++);
    }

    /// What the look asks after these captures. An answer that cannot be read ends it; reading it
    /// says why.
    static Next next(List<Capture> soFar, Look<?> look) {
        try {
            look.through(new Asking(soFar));
            return Next.done();
        } catch (Unasked question) {
            return Next.run(question.argv);
        } catch (Unreadable leftToRead) {
            return Next.done();
        }
    }

    /// What the whole look comes to.
    ///
    /// @throws Unreadable also when the captures lack an answer
    static <R> R read(List<Capture> captures, Look<R> look) throws Unreadable {
        try {
            return look.through(new Asking(captures));
        } catch (Unasked question) {
            String program = question.argv.program();
            throw new Unreadable(
                    Bilingual.of(
                            "the answer of {0} is missing, which the others ask for",
                            "缺少 {0} 的输出，而其他输出表明需要它", program));
        }
    }
}
