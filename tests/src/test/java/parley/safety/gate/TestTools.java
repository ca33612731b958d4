package parley.safety.gate;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.Tool;
import parley.tools.Undo;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;
import parley.tools.value.AbsolutePath;
import parley.tools.value.Count;
import parley.tools.value.PackageName;
import parley.tools.value.Text;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tools for tests of the gate: real implementations of the two interfaces, under the names of the
/// catalogue to come, with arguments that may hold anything a hostile planner could write.
final class TestTools {
    /// Free text without any rule but a length.
    @Text(pattern = "(?s).*", most = 1_100_000, example = "anything")
    @Means(en = "any text", zh = "任意文本")
    public record Free(@JsonValue String value) {
        @Override
        public String toString() {
            return value;
        }
    }

    public enum State {
        ENABLED,
        DISABLED,
        MASKED
    }

    /// Every argument that a decision can depend on; all may be left out but the list.
    public record Anything(
            @Means(en = "unit", zh = "单元") Optional<UnitName> unit,
            @Means(en = "package", zh = "软件包") Optional<PackageName> name,
            @Means(en = "path", zh = "路径") Optional<AbsolutePath> path,
            @Means(en = "target", zh = "目标") Optional<Free> target,
            @Means(en = "address", zh = "地址") Optional<Free> url,
            @Means(en = "version", zh = "版本") Optional<Free> version,
            @Means(en = "words", zh = "文字") Optional<Free> text,
            @Means(en = "state", zh = "状态") Optional<State> state,
            @Means(en = "environment", zh = "环境变量") Optional<Boolean> env,
            @Means(en = "how many", zh = "数量") Optional<Count> count) {}

    /// Packages by name.
    public record Names(@Means(en = "packages", zh = "软件包") List<PackageName> names) {}

    public record Nothing() {}

    record Look<A extends Record>(Card card, Class<A> arguments, Risk effect)
            implements Observation<A, Nothing> {
        @Override
        public Risk risk(A given) {
            return effect;
        }

        @Override
        public Next next(A given, Platform platform, List<Capture> soFar) {
            return Next.sequence(soFar, command(card.name(), given));
        }

        @Override
        public Reading<Nothing> read(A given, Platform platform, List<Capture> captures) {
            return Reading.ok(new Nothing());
        }

        @Override
        public List<Finding> findings(A given, Reading<Nothing> reading) {
            return List.of();
        }
    }

    record Touch<A extends Record>(Card card, Class<A> arguments, Risk effect)
            implements Change<A, Nothing> {
        @Override
        public Risk risk(A given) {
            return effect;
        }

        @Override
        public List<Argv> commands(A given, Preview preview) {
            return List.of(command(card.name(), given));
        }

        @Override
        public List<Call<?>> preview(A given) {
            return List.of();
        }

        @Override
        public Impact impact(A given, Preview preview) {
            return new Impact(
                    effect,
                    java.util.Set.of(),
                    java.util.Set.of(),
                    java.util.Set.of(),
                    List.of(),
                    List.of());
        }

        @Override
        public Undo undo(A given, Preview preview) {
            return Undo.byHand(Bilingual.of("the opposite", "反向操作"));
        }

        @Override
        public List<Call<?>> checks(A given, Preview preview) {
            throw new UnsupportedOperationException("nothing is run in these tests");
        }

        @Override
        public Proof proof(A given, Preview preview, List<Observed> after) {
            return new Proof(true, Bilingual.of("done", "完成"));
        }

        @Override
        public Reading<Nothing> read(A given, Platform platform, List<Capture> captures) {
            return Reading.ok(new Nothing());
        }

        @Override
        public List<Finding> findings(A given, Reading<Nothing> reading) {
            return List.of();
        }
    }

    private TestTools() {}

    /// The tools that the gate under test knows.
    static List<Card> cards() {
        List<Card> cards = new ArrayList<>();
        for (String name :
                List.of(
                        "cert.file",
                        "disk.usage",
                        "file.read",
                        "kernel.log",
                        "log.file",
                        "log.journal",
                        "net.probe",
                        "dns.check",
                        "process.inspect",
                        "security.exposure",
                        "security.logins",
                        "security.mac")) {
            cards.add(card(name, Risk.OBSERVE, Risk.OBSERVE));
        }
        for (String name :
                List.of(
                        "app.deploy",
                        "file.deploy",
                        "package.install",
                        "package.upgrade",
                        "service.set_boot",
                        "service.set_limits",
                        "service.start")) {
            cards.add(card(name, Risk.CHANGE, Risk.DISRUPTIVE));
        }
        for (String name :
                List.of("boot.reboot", "package.remove", "service.restart", "service.stop")) {
            cards.add(card(name, Risk.DISRUPTIVE, Risk.DESTRUCTIVE));
        }
        cards.add(card("package.updates", Risk.OBSERVE, Risk.CHANGE));
        cards.add(card("security.access", Risk.OBSERVE, Risk.CHANGE));
        cards.add(card("accel.reset", Risk.DESTRUCTIVE, Risk.DESTRUCTIVE));
        return cards;
    }

    static Card card(String name, Risk least, Risk worst) {
        return new Card(
                name,
                name.substring(0, name.indexOf('.')),
                Bilingual.of("Test tool " + name, "测试工具 " + name),
                least,
                worst,
                Card.provenOn(Family.APT),
                List.of(Bilingual.of("use " + name, "使用 " + name)));
    }

    /// A call of a known tool, with the effect on its card.
    static Call<?> call(String tool, ObjectNode arguments) throws BadArguments {
        Card card =
                cards().stream().filter(one -> one.name().equals(tool)).findFirst().orElseThrow();
        return call(tool, card.risk(), arguments);
    }

    /// A call of any tool, known or not, that says of itself that it has this effect.
    static Call<?> call(String tool, Risk effect, ObjectNode arguments) throws BadArguments {
        Card card =
                cards().stream()
                        .filter(one -> one.name().equals(tool))
                        .findFirst()
                        .orElseGet(() -> card(tool, Risk.OBSERVE, Risk.DESTRUCTIVE));
        boolean looks = card.worst() == Risk.OBSERVE;
        if (arguments.has("names")) {
            Tool<Names, ?> named =
                    looks
                            ? new Look<>(card, Names.class, effect)
                            : new Touch<>(card, Names.class, effect);
            return Catalogue.bind(named, arguments);
        }
        Tool<Anything, ?> any =
                looks
                        ? new Look<>(card, Anything.class, effect)
                        : new Touch<>(card, Anything.class, effect);
        return Catalogue.bind(any, arguments);
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.mapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    /// The words of a command as a tool would write them: its verb, then every value by itself.
    static Argv command(String tool, Record arguments) {
        List<String> words = new ArrayList<>(List.of(tool.replace('.', '-'), "--"));
        parley.tools.schema.Arguments.write(arguments)
                .forEach(value ->
                        StepFacts.values(value)
                                .forEach(one -> words.add(one.asText().replace("\0", ""))));
        return Argv.of(words);
    }
}
