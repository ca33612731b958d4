package parley.console.turn;

import parley.console.reach.Executor;
import parley.console.reach.FirstContact;
import parley.console.reach.Passphrases;
import parley.console.reach.Reach;
import parley.safety.gate.Actor;
import parley.safety.gate.Card;
import parley.safety.gate.Gate;
import parley.safety.policy.ShippedPolicies;
import parley.safety.record.AuditLog;
import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// This machine alone as a house: real commands, the shipped policies, a record of its own.
public final class Home implements AutoCloseable {
    private final AuditLog log;
    private final Reach reach;
    private final House house;

    public Home(Path folder) throws Exception {
        Hosts hosts = new Hosts(List.of(Host.local(Host.Become.NONE)));
        Catalogue catalogue = Catalogue.standard();
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
                        new Actor("ann", Set.of("viewer", "operator")));
    }

    public House house() {
        return house;
    }

    /// The entries of this type so far.
    public List<Recorded> recorded(String type) {
        try (Stream<Recorded> entries = AuditReader.of(log.directory()).entries()) {
            return entries.filter(entry -> entry.type().equals(type)).toList();
        }
    }

    @Override
    public void close() {
        reach.close();
        log.close();
    }

    /// Somebody who is there, hears everything and denies every card.
    public static final class Denier implements Person {
        private final String reason;
        private final List<String> notices = new ArrayList<>();
        private final List<String> cards = new ArrayList<>();

        public Denier(String reason) {
            this.reason = reason;
        }

        public List<String> notices() {
            return notices;
        }

        public List<String> cards() {
            return cards;
        }

        @Override
        public Answer approve(Card card) {
            cards.add(String.join("\n", card.lines()));
            return new Answer.Denied(reason);
        }

        @Override
        public Optional<String> approvedDigest() {
            return Optional.empty();
        }

        @Override
        public void progress(Bilingual what) {}

        @Override
        public void notice(Bilingual what) {
            notices.add(what.en());
        }

        @Override
        public void partial(String words) {}
    }
}
