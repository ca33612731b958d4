package parley.prompts.plan.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The words and phrases of the grammar, each with the concepts it stands for.
///
/// A phrase is kept as its atoms joined by a blank; an atom is a Latin word or one Han character.
final class Lexicon {
    /// Words shorter than this are never corrected.
    private static final int SHORTEST_CORRECTED = 5;

    private final Map<String, Set<String>> phrases = new HashMap<>();
    private final Map<String, List<String>> byDeletion = new HashMap<>();
    private final Map<String, Set<String>> bySound = new HashMap<>();
    private final Map<Integer, String> sounds;
    private int longest = 1;

    /// @param sounds how each Han character is read, without tone
    Lexicon(Map<Integer, String> sounds) {
        this.sounds = Map.copyOf(sounds);
    }

    void add(String phrase, String concept) {
        List<String> atoms = atoms(phrase);
        longest = Math.max(longest, atoms.size());
        String key = String.join(" ", atoms);
        if (phrases.computeIfAbsent(key, ignored -> new HashSet<>()).add(concept)) {
            indexForTypingErrors(key, atoms);
        }
    }

    private void indexForTypingErrors(String key, List<String> atoms) {
        if (atoms.size() == 1 && key.length() >= SHORTEST_CORRECTED && isLatin(key)) {
            for (String shorter : deletions(key)) {
                List<String> words =
                        byDeletion.computeIfAbsent(shorter, ignored -> new ArrayList<>());
                if (!words.contains(key)) {
                    words.add(key);
                }
            }
        }
        if (atoms.size() >= 2) {
            sound(atoms)
                    .ifPresent(sound ->
                            bySound.computeIfAbsent(sound, ignored -> new HashSet<>()).add(key));
        }
    }

    /// Gives every phrase that means nothing but `these` what its words mean besides: a symptom
    /// such as "is down" still says "down".
    void inherit(Predicate<String> these) {
        Map<String, Set<String>> more = new HashMap<>();
        phrases.forEach((key, concepts) -> {
            List<String> atoms = List.of(key.split(" "));
            if (atoms.size() > 1 && concepts.stream().allMatch(these)) {
                more.put(key, inner(atoms, these));
            }
        });
        more.forEach((key, concepts) -> phrases.merge(key, concepts, Lexicon::both));
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    /// What the words of a phrase mean, longest first.
    private Set<String> inner(List<String> atoms, Predicate<String> these) {
        Set<String> all = new HashSet<>();
        int at = 0;
        while (at < atoms.size()) {
            int next = atoms.size();
            while (next > at && isOnly(atoms.subList(at, next), these)) {
                next--;
            }
            concepts(atoms.subList(at, Math.max(next, at + 1))).forEach(all::add);
            at = Math.max(next, at + 1);
        }
        all.remove("skip");
        return all;
    }

    private boolean isOnly(List<String> atoms, Predicate<String> these) {
        return concepts(atoms).stream().allMatch(these);
    }

    /// The phrases of several words of which one is in `names`: `docker ps`.
    Set<String> phrasesWith(Set<String> names) {
        Set<String> found = new HashSet<>();
        for (String key : phrases.keySet()) {
            if (key.indexOf(' ') > 0 && Stream.of(key.split(" ")).anyMatch(names::contains)) {
                found.add(key);
            }
        }
        return found;
    }

    /// What the phrase of `atoms` means; empty when it is no phrase.
    Set<String> concepts(List<String> atoms) {
        return phrases.getOrDefault(String.join(" ", atoms), Set.of());
    }

    /// The most atoms a phrase has.
    int longest() {
        return longest;
    }

    /// The meaning of the one word that `word` is a typing error of; empty when there is none or
    /// more than one meaning.
    Set<String> corrected(String word) {
        if (word.length() < SHORTEST_CORRECTED - 1 || !isLatin(word)) {
            return Set.of();
        }
        return oneMeaning(candidates(word));
    }

    /// Whether `word` is a typing error of some word, whichever it is.
    boolean isMistyped(String word) {
        return word.length() >= SHORTEST_CORRECTED && isLatin(word) && !candidates(word).isEmpty();
    }

    private Set<String> candidates(String word) {
        Set<String> candidates = new HashSet<>();
        for (String shorter : deletions(word)) {
            for (String candidate : byDeletion.getOrDefault(shorter, List.of())) {
                if (Edits.isOneApart(word, candidate)) {
                    candidates.add(candidate);
                }
            }
        }
        return candidates;
    }

    /// The meaning of the one phrase that sounds like these Han characters; else empty.
    Set<String> soundingLike(List<String> atoms) {
        return sound(atoms)
                .map(sound -> oneMeaning(bySound.getOrDefault(sound, Set.of())))
                .orElse(Set.of());
    }

    private Set<String> oneMeaning(Set<String> keys) {
        Set<Set<String>> meanings = new HashSet<>();
        keys.forEach(key -> meanings.add(phrases.getOrDefault(key, Set.of())));
        return meanings.size() == 1 ? meanings.iterator().next() : Set.of();
    }

    private Optional<String> sound(List<String> atoms) {
        StringBuilder all = new StringBuilder();
        for (String atom : atoms) {
            String one = atom.length() == 1 ? sounds.get((int) atom.charAt(0)) : null;
            if (one == null) {
                return Optional.empty();
            }
            all.append(one).append(' ');
        }
        return Optional.of(all.toString());
    }

    /// The atoms of a phrase of a grammar file.
    static List<String> atoms(String phrase) {
        return Atoms.of(phrase, 0, phrase.length()).stream().map(Atoms.Atom::text).toList();
    }

    private static boolean isLatin(String word) {
        return word.chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    /// The word itself and the word without each of its letters.
    private static Set<String> deletions(String word) {
        Set<String> all = new HashSet<>();
        all.add(word);
        for (int at = 0; at < word.length(); at++) {
            all.add(word.substring(0, at) + word.substring(at + 1));
        }
        return all;
    }
}
