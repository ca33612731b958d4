package parley.console.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.reach.Executor;
import parley.console.reach.FirstContact;
import parley.console.reach.Passphrases;
import parley.console.reach.Reach;
import parley.prompts.plan.Request;
import parley.safety.gate.Actor;
import parley.safety.gate.Card;
import parley.safety.gate.Gate;
import parley.safety.gate.Pace;
import parley.safety.policy.ShippedPolicies;
import parley.safety.record.AuditLog;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A house whose only host is this machine: real commands, real policies, a real record.
final class OwnMachine implements AutoCloseable {
    static final Host HOST = Host.local(Host.Become.NONE);
    static final Request REQUEST = new Request("run-1", "alice", Language.EN, "a test");

    private final AuditLog log;
    private final Reach reach;
    private final House house;
    private final Told told = new Told();

    OwnMachine(Path folder) throws Exception {
        Catalogue catalogue = Catalogue.standard();
        Hosts hosts = new Hosts(List.of(HOST));
        log = AuditLog.open(folder.resolve("record"), "test");
        reach = new Reach(hosts, FirstContact.NOBODY, Passphrases.NOBODY);
        house =
                new House(
                        catalogue,
                        hosts,
                        new Gate(
                                ShippedPolicies.load(
                                        catalogue.all().stream()
                                                .<parley.tools.Card>map(Tool::card)
                                                .toList(),
                                        List.of())),
                        new Situations(
                                Calendar.EMPTY,
                                new Declarations(Declarations.Declared.NOTHING),
                                folder.resolve("record"),
                                catalogue,
                                InstantSource.system()),
                        Optional.empty(),
                        log,
                        reach,
                        new Executor(reach),
                        new Platforms(),
                        new Actor("alice", Set.of("viewer", "operator")));
    }

    /// Nobody is there to ask; what is said is kept.
    static final class Told implements Person {
        final List<String> notices = new ArrayList<>();
        final List<String> working = new ArrayList<>();

        @Override
        public Answer approve(Card card) {
            return new Answer.Absent();
        }

        @Override
        public Optional<String> approvedDigest() {
            return Optional.empty();
        }

        @Override
        public void progress(Bilingual what) {}

        @Override
        public void working(String host, Optional<Bilingual> what) {
            working.add(what.map(Bilingual::en).orElse(""));
        }

        @Override
        public synchronized void notice(Bilingual what) {
            notices.add(what.en());
        }

        @Override
        public void partial(String words) {}
    }

    House house() {
        return house;
    }

    AuditLog log() {
        return log;
    }

    Told told() {
        return told;
    }

    Commands commands(Pace pace) {
        return new Commands(
                house, new Journal(log, REQUEST), told, Language.EN, pace);
    }

    Observer observer() {
        return new Observer(house, commands(Pace.CAREFUL), new EvidenceIds());
    }

    static Call<?> call(String tool) throws BadArguments {
        ObjectNode none = Json.mapper().createObjectNode();
        return Catalogue.bind(Catalogue.standard().find(tool).orElseThrow(), none);
    }

    @Override
    public void close() {
        reach.close();
        log.close();
    }
}
