package parley.console.turn;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Host;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.Undo;
import parley.tools.Unreadable;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A change that sends no command, and fails where it is told to.
///
/// @param looks what it looks at before
record PretendedChange(List<Call<?>> looks)
        implements Change<PretendedChange.Arguments, PretendedChange.Nothing> {
    public record Arguments(boolean fails) {}

    public record Nothing() {}

    static Prepared<Arguments> on(String host, boolean fails) {
        PretendedChange tool = new PretendedChange(List.of());
        return new Prepared<>(
                new Call<>(tool, new Arguments(fails)),
                tool,
                host(host),
                Preview.unseen(Platform.UNSEEN, "alice"),
                tool.undo(new Arguments(fails), Preview.unseen(Platform.UNSEEN, "alice")),
                List.of(),
                List.of());
    }

    private static Host host(String name) {
        Host own = Host.local(Host.Become.NONE);
        return new Host(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.NONE,
                own.environment(),
                Set.of(),
                Set.of(),
                true,
                own.labels());
    }

    @Override
    public Card card() {
        return new Card(
                "test.pretend",
                "test",
                Bilingual.same("pretend"),
                Risk.CHANGE,
                Risk.CHANGE,
                Card.onlyOn(Family.APT),
                List.of(Bilingual.same("pretend")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return looks;
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        return new Impact(Risk.CHANGE, Set.of(), Set.of(), Set.of(), List.of(), List.of());
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        return List.of();
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return Undo.impossible(Bilingual.same("nothing is changed"));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of();
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        return new Proof(true, Bilingual.same("nothing to prove"));
    }

    @Override
    public Reading<Nothing> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        if (arguments.fails()) {
            throw new Unreadable(Bilingual.same("it was told to fail"));
        }
        return Reading.ok(new Nothing());
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Nothing> reading) {
        return List.of();
    }
}
