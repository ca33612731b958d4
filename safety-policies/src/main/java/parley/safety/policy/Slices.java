package parley.safety.policy;

import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The policies that can have a say in a question: those whose scope can match. Most questions
/// concern few, and Cedar takes each policy in its hand for each question.
///
/// Left out is only what Cedar itself would pass over: policies whose scope cannot match, actions
/// that the asked one is not in, circumstances that no remaining policy looks at. A question with
/// anything odd in it gets no slice, so that Cedar sees all of it and refuses in its own words.
final class Slices {
    /// Making a slice costs as much as asking a few times without.
    private static final int ASKED_BEFORE = 2;

    /// Far fewer than the 1,024 that Cedar keeps in this process.
    private static final int MOST = 128;

    /// The policies of a slice, what they look at, and the schema of just that.
    record Slice(PolicySet policies, Schema schema, Set<String> attributes) {}

    private record Key(String action, BitSet policies) {}

    private final Actions actions;
    private final List<Shape> shapes;
    private final Map<Scope, BitSet> scopes = new LinkedHashMap<>();
    private final BitSet permits = new BitSet();
    private final Map<Key, Integer> asked = lru();
    private final Map<Key, Slice> made = lru();
    private final Map<BitSet, PolicySet> sets = lru();

    Slices(Actions actions, List<Shape> shapes) {
        this.actions = actions;
        this.shapes = List.copyOf(shapes);
        for (int index = 0; index < shapes.size(); index++) {
            permits.set(index, shapes.get(index).permits());
            scopes.computeIfAbsent(shapes.get(index).scope(), ignored -> new BitSet()).set(index);
        }
    }

    private static <K, V> Map<K, V> lru() {
        return new LinkedHashMap<>(MOST, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }

    /// The slice of a question, once questions like it were asked a few times.
    Optional<Slice> of(PolicyQuestion question) {
        return isPlain(question)
                ? often(new Key(question.action(), matching(question)))
                : Optional.empty();
    }

    /// Of that slice, only what permits.
    Optional<Slice> permits(PolicyQuestion question) {
        BitSet matching = matching(question);
        matching.and(permits);
        return isPlain(question) ? often(new Key(question.action(), matching)) : Optional.empty();
    }

    private synchronized Optional<Slice> often(Key key) {
        if (!made.containsKey(key) && asked.merge(key, 1, Integer::sum) <= ASKED_BEFORE) {
            return Optional.empty();
        }
        return Optional.of(made.computeIfAbsent(key, this::make));
    }

    /// The slice of a question that has nothing odd in it, at once.
    synchronized Slice now(PolicyQuestion question) {
        return made.computeIfAbsent(new Key(question.action(), matching(question)), this::make);
    }

    /// What can have a say in this question.
    List<Shape> concerned(PolicyQuestion question) {
        return matching(question).stream().mapToObj(shapes::get).toList();
    }

    private BitSet matching(PolicyQuestion question) {
        Name person = new Name("Person", question.person());
        Name host = new Name("Host", question.host().name());
        Set<Name> abovePerson = above(person, "Role", question.roles());
        Set<Name> aboveHost = above(host, "Group", question.host().groups());
        Name action = new Name("Action", question.action());
        Set<Name> aboveAction = actions.above(question.action());
        BitSet matching = new BitSet();
        scopes.forEach((scope, indexes) -> {
            if (scope.person().mayMatch(person, abovePerson)
                    && scope.action().mayMatch(action, aboveAction)
                    && scope.host().mayMatch(host, aboveHost)) {
                matching.or(indexes);
            }
        });
        return matching;
    }

    private static Set<Name> above(Name self, String type, Set<String> in) {
        Set<Name> all = new HashSet<>();
        all.add(self);
        in.forEach(id -> all.add(new Name(type, id)));
        return all;
    }

    private Slice make(Key key) {
        List<Shape> inside = key.policies().stream().mapToObj(shapes::get).toList();
        Set<String> attributes = new HashSet<>();
        inside.forEach(shape -> attributes.addAll(shape.reads().orElseGet(actions::circumstances)));
        try {
            Schema schema = new Schema(actions.only(key.action(), attributes));
            schema.cache();
            return new Slice(
                    sets.computeIfAbsent(key.policies(), ignored -> set(inside)),
                    schema,
                    Set.copyOf(attributes));
        } catch (CacheException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static PolicySet set(List<Shape> inside) {
        Set<Policy> policies = new HashSet<>();
        inside.forEach(shape -> policies.add(shape.policy()));
        PolicySet set = new PolicySet(Set.copyOf(policies));
        try {
            set.cache();
        } catch (CacheException refused) {
            throw new IllegalStateException(refused);
        }
        return set;
    }

    /// Whether the words are of the closed sets and the texts can be sent, so that what is left out
    /// would not have been refused either.
    private boolean isPlain(PolicyQuestion question) {
        PolicyQuestion.Facts facts = question.facts();
        return !actions.above(question.action()).isEmpty()
                && actions.areWords("Role", question.roles())
                && actions.areWords("Purpose", Set.of(facts.purpose()))
                && actions.areWords("Weekday", Set.of(facts.situation().weekday()))
                && Stream.of(facts.origins(), facts.textOrigins(), facts.sourceOrigins())
                        .allMatch(origins -> actions.areWords("Origin", origins))
                && texts(question).stream().allMatch(Slices::isWellFormed);
    }

    private static List<String> texts(PolicyQuestion question) {
        List<String> all = new ArrayList<>(question.facts().arguments());
        all.addAll(question.host().groups());
        all.add(question.host().name());
        all.addAll(question.host().labels().keySet());
        all.addAll(question.host().labels().values());
        all.add(question.person());
        all.add(question.requester());
        all.add(question.tool());
        all.add(question.facts().object());
        all.add(question.facts().situation().ticket());
        return all;
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
    }
}
