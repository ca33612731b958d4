package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Next;
import parley.tools.Reading;
import parley.tools.Unreadable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How a tool asks one package manager, and how it reads the answers.
///
/// @param <A> the tool's arguments
/// @param <R> what is read
public interface Dialect<A extends Record, R extends Record> {
    /// The next command, or done.
    Next next(A arguments, List<Capture> soFar);

    /// What the captures say.
    ///
    /// @throws Unreadable naming the first line that does not have the expected form
    Reading<R> read(A arguments, List<Capture> captures) throws Unreadable;

    /// The commands as far as the captures tell them.
    @FunctionalInterface
    interface Commands<A> {
        List<Argv> given(A arguments, List<Capture> soFar) throws Unreadable;
    }

    /// What the captures of those commands say.
    @FunctionalInterface
    interface Reader<A, R extends Record> {
        Reading<R> read(A arguments, List<Capture> captures) throws Unreadable;
    }

    /// A dialect of commands and their reading.
    static <A extends Record, R extends Record> Optional<Dialect<A, R>> of(
            Commands<A> commands, Reader<A, R> reader) {
        return Optional.of(
                new Dialect<>() {
                    @Override
                    public Next next(A arguments, List<Capture> soFar) {
                        return Next.known(soFar, () -> commands.given(arguments, soFar));
                    }

                    @Override
                    public Reading<R> read(A arguments, List<Capture> captures) throws Unreadable {
                        return reader.read(arguments, captures);
                    }
                });
    }

    /// A dialect whose commands are known before anything ran.
    static <A extends Record, R extends Record> Optional<Dialect<A, R>> fixed(
            Function<A, List<Argv>> commands, Reader<A, R> reader) {
        return of((arguments, soFar) -> commands.apply(arguments), reader);
    }
}
