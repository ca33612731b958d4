package parley.prompts.plan.model;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.value.UnitName;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A small changing tool for these tests: `systemctl restart -- UNIT`. It prints nothing; a
/// non-zero exit is refused.
record RestartTool() implements Change<RestartTool.Wanted, RestartTool.Done> {
    public record Wanted(@Means(en = "the unit", zh = "单元") UnitName unit) {}

    public record Done(UnitName unit) {}

    @Override
    public Card card() {
        return new Card(
                "service.restart",
                "services",
                Bilingual.of("Restart a service", "重启服务"),
                Risk.DISRUPTIVE,
                Risk.DISRUPTIVE,
                Card.provenOn(Family.APT),
                List.of(Bilingual.of("restart nginx", "重启 nginx")));
    }

    @Override
    public Class<Wanted> arguments() {
        return Wanted.class;
    }

    @Override
    public List<Argv> commands(Wanted wanted, Preview preview) {
        return List.of(Argv.of("systemctl", "restart", "--", wanted.unit().full()).asRoot());
    }

    @Override
    public List<Call<?>> preview(Wanted wanted) {
        return List.of();
    }

    @Override
    public Impact impact(Wanted wanted, Preview preview) {
        return new Impact(
                Risk.DISRUPTIVE,
                Set.of(wanted.unit().full()),
                Set.of(),
                Set.of(),
                List.of(),
                List.of());
    }

    @Override
    public Undo undo(Wanted wanted, Preview preview) {
        return Undo.impossible(Bilingual.of("a restart cannot be taken back", "重启无法撤销"));
    }

    @Override
    public List<Call<?>> checks(Wanted wanted, Preview preview) {
        return List.of(
                new Call<>(
                        new DiskTool(), new DiskTool.Wanted(Optional.empty(), Optional.empty())));
    }

    @Override
    public Proof proof(Wanted wanted, Preview preview, List<Observed> after) {
        return new Proof(true, Bilingual.of("it ran", "已执行"));
    }

    @Override
    public Reading<Done> read(Wanted wanted, Platform platform, List<Capture> captures)
            throws Unreadable {
        captures.getFirst().readable();
        return Reading.ok(new Done(wanted.unit()));
    }

    @Override
    public List<Finding> findings(Wanted wanted, Reading<Done> reading) {
        return List.of();
    }
}
