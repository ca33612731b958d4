package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Comparator.comparing;

import org.junit.jupiter.api.Test;

import parley.safety.policy.ActionSchema;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.PolicyFile;
import parley.safety.policy.PolicyRule;
import parley.safety.policy.ShippedPolicies;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the shipped policies answer, from `tests/decisions`, and that each of them matters.
final class DecisionsTest {
    private static final int LEAST_CASES = 200;

    /// A case of either form.
    private record Known(String name, String expected, Function<Policies, String> given) {
        static List<Known> all() throws Exception {
            List<Known> all = new ArrayList<>();
            for (Cases one : Cases.all()) {
                all.add(
                        new Known(
                                one.name(),
                                one.expected(),
                                policies ->
                                        Cases.words(
                                                new Gate(policies)
                                                        .judge(one.step(), one.circumstances()))));
            }
            for (PolicyCase one : PolicyCases.shipped()) {
                all.add(new Known(one.name(), one.expected(), one::given));
            }
            return all;
        }

        boolean mentions(String rule) {
            return List.of(expected.replaceAll("[\\[\\],]", " ").split(" +")).contains(rule);
        }
    }

    @Test
    void everyCaseGivesItsVerdictForItsRules() throws Exception {
        List<Known> cases = Known.all();
        assertTrue(cases.size() >= LEAST_CASES, () -> "only " + cases.size() + " cases");
        assertAll(
                cases.stream()
                        .map(one ->
                                () ->
                                        assertEquals(
                                                one.expected(),
                                                one.given().apply(TestGate.policies()),
                                                one.name())));
    }

    @Test
    void namesFileAndLineWhereTheRuleReallyStands() throws Exception {
        Gate gate = new Gate(TestGate.policies());
        int looked = 0;
        for (Cases one : Cases.all()) {
            for (Verdict.Rule rule : gate.judge(one.step(), one.circumstances()).rules()) {
                List<String> lines =
                        Files.readAllLines(Path.of("../safety-policies").resolve(rule.file()));
                String begins = lines.get(rule.line() - 1);
                if (begins.startsWith("@id")) {
                    assertEquals("@id(\"" + rule.id() + "\")", begins);
                    looked++;
                }
            }
        }
        assertTrue(looked >= 160, "looked at " + looked);
    }

    /// Takes away each policy, and the `when` and the `unless` of each, in turn: some case must
    /// notice.
    @Test
    void everyMutantOfAPolicyIsNoticed() throws Exception {
        List<Known> cases = Known.all();
        List<String> survivors = new ArrayList<>();
        int mutants = 0;
        for (PolicyRule rule : TestGate.policies().rules()) {
            for (String kind : List.of("policy", "when", "unless", "evidence")) {
                List<PolicyFile> files = mutated(rule, kind);
                if (files.equals(ShippedPolicies.files())) {
                    continue;
                }
                mutants++;
                // Its own cases first: most mutants are noticed at once.
                List<Known> about =
                        cases.stream()
                                .filter(one ->
                                        rule.permits() || widens(kind) || one.mentions(rule.id()))
                                .sorted(comparing(one -> !one.mentions(rule.id())))
                                .toList();
                if (!isNoticed(files, about)) {
                    survivors.add(rule.id() + " without its " + kind);
                }
            }
        }
        assertEquals(List.of(), survivors);
        assertTrue(mutants >= 110, "only " + mutants + " mutants");
        System.Logger log = System.getLogger(DecisionsTest.class.getName());
        log.log(System.Logger.Level.INFO, "{0} mutants, {1} cases", mutants, cases.size());
    }

    /// A rule without its condition speaks about more; any case may notice. Else only its own can.
    private static boolean widens(String kind) {
        return kind.equals("when") || kind.equals("unless");
    }

    /// A pattern that no case needs could be deleted unseen: every one has a case of its own rule
    /// whose object only it matches.
    @Test
    void everyPatternOfAProtectedNameIsNeededByACase() throws Exception {
        List<Cases> cases = Cases.all();
        List<PolicyCase> shipped = PolicyCases.shipped();
        List<String> unneeded = new ArrayList<>();
        int looked = 0;
        for (PolicyFile file : ShippedPolicies.files()) {
            for (String statement : List.of(file.text().split(";"))) {
                Matcher id = Pattern.compile("@id\\(\"([^\"]+)\"\\)").matcher(statement);
                List<String> patterns = patterns(statement);
                for (String pattern : id.find() ? patterns : List.<String>of()) {
                    looked++;
                    String rule = id.group(1);
                    boolean needed =
                            cases.stream().anyMatch(one -> needs(one, rule, pattern, patterns))
                                    || shipped.stream()
                                            .filter(one -> one.rules().contains(rule))
                                            .anyMatch(one ->
                                                    onlyMatches(
                                                            one.question().objects(),
                                                            pattern,
                                                            patterns));
                    if (!needed) {
                        unneeded.add(rule + ": " + pattern);
                    }
                }
            }
        }
        assertEquals(List.of(), unneeded);
        assertTrue(looked >= 70, "looked at only " + looked);
    }

    private static boolean needs(Cases one, String rule, String pattern, List<String> all) {
        return one.mentions(rule)
                && onlyMatches(
                        StepFacts.of(one.step(), one.circumstances()).objects(), pattern, all);
    }

    /// Whether some object is matched by this pattern alone.
    private static boolean onlyMatches(Set<String> objects, String pattern, List<String> all) {
        return objects.stream()
                .anyMatch(object ->
                        all.stream()
                                .filter(each -> matches(each, object))
                                .toList()
                                .equals(List.of(pattern)));
    }

    private static List<String> patterns(String statement) {
        List<String> found = new ArrayList<>();
        Pattern.compile("object (?:like|==) \"([^\"]+)\"")
                .matcher(statement)
                .results()
                .forEach(match -> found.add(match.group(1)));
        Matcher list =
                Pattern.compile("(?s)\\[([^\\[\\]]*)\\]\\.contains\\(context\\.object\\)")
                        .matcher(statement);
        if (list.find()) {
            Pattern.compile("\"([^\"]+)\"")
                    .matcher(list.group(1))
                    .results()
                    .forEach(match -> found.add(match.group(1)));
        }
        return found;
    }

    private static boolean matches(String pattern, String object) {
        return object.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private static boolean isNoticed(List<PolicyFile> files, List<Known> cases) {
        try {
            Policies policies =
                    Policies.load(
                            files,
                            ActionSchema.of(ShippedPolicies.declarations(), TestTools.cards()));
            return cases.stream()
                    .anyMatch(one -> !one.expected().equals(one.given().apply(policies)));
        } catch (PolicyError refusedAtLoad) {
            return true;
        }
    }

    /// The shipped files with one statement changed; unchanged when it has no such part.
    private static List<PolicyFile> mutated(PolicyRule rule, String kind) {
        Pattern statement =
                Pattern.compile(
                        "@id\\(\"" + Pattern.quote(rule.id()) + "\"\\)[^;]*;", Pattern.DOTALL);
        return ShippedPolicies.files().stream()
                .map(file -> {
                    Matcher matcher = statement.matcher(file.text());
                    if (!matcher.find()) {
                        return file;
                    }
                    String changed =
                            switch (kind) {
                                case "policy" -> "";
                                case "when" ->
                                        matcher.group()
                                                .replaceAll("(?s)\nwhen \\{.*?\n?\\}(?=\n|;)", "");
                                case "unless" ->
                                        matcher.group().replaceAll("(?s)\nunless \\{[^}]*\\}", "");
                                default -> weaker(matcher.group());
                            };
                    return new PolicyFile(
                            file.name(), file.text().replace(matcher.group(), changed));
                })
                .toList();
    }

    /// Asks for one kind of evidence less.
    private static String weaker(String policy) {
        return policy.contains("evidence.secondPerson")
                ? policy.replace("evidence.secondPerson", "evidence.typed")
                : policy.replace("evidence.typed", "evidence.confirmed");
    }
}
