package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;
import parley.tools.Host;
import parley.tools.Hosts;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which hosts a stretch of words names.
///
/// @param names the inventory names; empty when none are named
/// @param vague whether they are only "everywhere"
/// @param same whether the words point back ("there", 那台)
/// @param problem why what is named is no host, if so
/// @param used the tokens that this explains
record HostMention(
        SortedSet<String> names,
        boolean vague,
        boolean same,
        Optional<Problem> problem,
        Set<Token> used) {
    /// Why words that should name a host name none.
    ///
    /// @param candidates inventory names that could be meant
    record Problem(String words, List<String> candidates) {}

    HostMention {
        used = Set.copyOf(used);
    }

    boolean isEmpty() {
        return names.isEmpty() && problem.isEmpty();
    }

    static HostMention of(List<Token> tokens, Hosts hosts) {
        return new Reader(tokens, hosts).read();
    }

    private static final class Reader {
        private final List<Token> tokens;
        private final Hosts hosts;
        private final SortedSet<String> included = new TreeSet<>();
        private final SortedSet<String> excluded = new TreeSet<>();
        private final SortedSet<String> groupMembers = new TreeSet<>();
        private final Set<Token> used = new HashSet<>();
        private Optional<Problem> problem = Optional.empty();
        private SortedSet<String> lastRun = new TreeSet<>();
        private boolean everything;
        private boolean vague;
        private boolean same;

        Reader(List<Token> tokens, Hosts hosts) {
            this.tokens = tokens;
            this.hosts = hosts;
        }

        HostMention read() {
            boolean excepting = false;
            boolean inRun = false;
            boolean atStart = false;
            for (int at = 0; at < tokens.size(); at++) {
                Token token = tokens.get(at);
                boolean group = groupAt(at).isPresent();
                if (excepting && atStart && token.text().equals(",")) {
                    excepting = false;
                    inRun = false;
                } else if (token.means("except")) {
                    excepting = true;
                    atStart = at <= 1;
                    inRun = false;
                    used.add(token);
                } else if (token.means("except.after")) {
                    excluded.addAll(lastRun);
                    included.removeAll(lastRun);
                    groupMembers.removeAll(lastRun);
                    used.add(token);
                } else if (token.is(Kind.HOST) || group) {
                    SortedSet<String> named = group ? group(at) : new TreeSet<>(token.values());
                    lastRun = inRun ? lastRun : new TreeSet<>();
                    lastRun.addAll(named);
                    (excepting ? excluded : group ? groupMembers : included).addAll(named);
                    inRun = true;
                    used.add(token);
                } else if (!isInsideRun(token)) {
                    excepting = excepting && !inRun && !token.means("except.end");
                    inRun = false;
                }
                other(at);
            }
            return result();
        }

        private static boolean isInsideRun(Token token) {
            return token.is(Kind.MARK)
                    || token.means("and")
                    || token.means("or")
                    || token.means("host.noun")
                    || token.means("host.nouns")
                    || token.means("skip")
                    || token.means("q.both");
        }

        private void other(int at) {
            Token token = tokens.get(at);
            if (token.is(Kind.NO_HOST)) {
                problem = Optional.of(new Problem(token.text(), List.of()));
                used.add(token);
            } else if ((token.means("host.role") || token.means("host.others"))
                    && token.means("host.rest")
                    && tokens.stream().anyMatch(one -> one.means("except"))) {
                everything = true;
                used.add(token);
            } else if (token.means("host.role") && isOnlyLook()) {
                used.add(token);
            } else if (token.means("host.role")) {
                problem = Optional.of(new Problem(token.text(), List.of()));
                used.add(token);
            } else if (token.means("host.others") && isBesideHosts(at)) {
                boolean excepted = tokens.stream().anyMatch(one -> one.means("except"));
                problem = excepted ? problem : Optional.of(new Problem(token.text(), List.of()));
                used.add(token);
            } else if (token.means("hosts.all")) {
                everything = true;
                used.add(token);
            } else if (token.means("hosts.vague")) {
                vague = true;
                used.add(token);
            } else if (token.means("host.same")) {
                same = true;
                used.add(token);
            } else if (token.means("host.local") && namesHost()) {
                used.add(token);
            } else if (token.means("host.local")) {
                local(token);
            } else if (token.concepts().stream().anyMatch(HostMention.Reader::isHostWord)) {
                used.add(token);
            }
        }

        /// "the other web hosts": which they are depends on what was said before; only an exception
        /// in the same words makes it clear.
        private boolean isBesideHosts(int at) {
            return at + 1 < tokens.size()
                    && (groupAt(at + 1).isPresent()
                            || tokens.get(at + 1).means("host.noun")
                            || tokens.get(at + 1).means("host.nouns"));
        }

        private static boolean isHostWord(String concept) {
            return concept.startsWith("q.")
                    || concept.equals("host.noun")
                    || concept.equals("host.nouns")
                    || concept.equals("prep.on")
                    || concept.equals("except.end");
        }

        /// 比别的机器快: in a look that names a host, another one is only mentioned.
        private boolean isOnlyLook() {
            return namesHost() && tokens.stream().noneMatch(Token::isChangeVerb);
        }

        /// web-3这台: beside a named host such a word points to it.
        private boolean namesHost() {
            return tokens.stream().anyMatch(token -> token.is(Kind.HOST));
        }

        private void local(Token token) {
            used.add(token);
            Optional<Host> local = hosts.all().stream().filter(Host::isLocal).findFirst();
            if (hosts.size() == 1) {
                included.add(hosts.all().getFirst().name());
            } else if (local.isPresent()) {
                included.add(local.get().name());
            } else {
                problem = Optional.of(new Problem(token.text(), List.of()));
            }
        }

        /// The members when there is a group at `at`: by its name, or by a word for it.
        private Optional<SortedSet<String>> groupAt(int at) {
            Token token = tokens.get(at);
            if (token.is(Kind.GROUP)) {
                return Optional.of(new TreeSet<>(token.values()));
            }
            return token.concepts().stream()
                    .filter(concept -> concept.startsWith("group:"))
                    .map(concept -> hosts.inGroup(concept.substring("group:".length())))
                    .filter(members -> !members.isEmpty())
                    .filter(members -> isEnvironment(token) || isNearHostWord(at))
                    .findFirst();
        }

        private static boolean isEnvironment(Token token) {
            return token.means("group:prod") || token.means("group:staging");
        }

        /// A word such as "database" means hosts only beside a word for hosts.
        private boolean isNearHostWord(int at) {
            for (int near = Math.max(0, at - 2); near <= at + 2 && near < tokens.size(); near++) {
                Token token = tokens.get(near);
                if (near != at
                        && (token.means("host.noun")
                                || token.means("host.nouns")
                                || token.means("q.both")
                                || token.means("q.all")
                                || token.means("host.that"))) {
                    return true;
                }
            }
            boolean afterOn = at > 0 && tokens.get(at - 1).means("prep.on");
            return afterOn || tokens.get(at).means("host.nouns");
        }

        private SortedSet<String> group(int at) {
            SortedSet<String> members = groupAt(at).orElseThrow();
            boolean counted = false;
            boolean both = false;
            boolean three = false;
            for (int before = Math.max(0, at - 4); before < at; before++) {
                Token token = tokens.get(before);
                counted |= token.means("q.all") || token.means("q.which");
                both |= token.means("q.both");
                three |= token.means("q.three");
            }
            boolean one = isSingular(tokens.get(at)) || pointsToOne(at);
            boolean unclear = members.size() > 1 && one && !counted && !both && !three;
            boolean miscounted = (both && members.size() != 2) || (three && members.size() != 3);
            if (unclear || miscounted) {
                problem = Optional.of(new Problem(tokens.get(at).text(), List.copyOf(members)));
            }
            return members;
        }

        /// Whether the words around a group point to one of its hosts: 那台web, "the prod one"; in a
        /// change also "the db".
        private boolean pointsToOne(int at) {
            boolean after = at + 1 < tokens.size() && isSingular(tokens.get(at + 1));
            boolean plural =
                    tokens.get(at).means("host.nouns")
                            || (at + 1 < tokens.size() && tokens.get(at + 1).means("host.nouns"));
            for (int near = Math.max(0, at - 3); near <= at + 3 && near < tokens.size(); near++) {
                Token token = tokens.get(near);
                after |= token.means("host.that");
                after |= near < at && !plural && token.means("host.one");
                after |= near == at + 1 && token.means("host.one.after");
            }
            boolean change = tokens.stream().anyMatch(Token::isChangeVerb);
            if (change && isOneOfARole(at)) {
                return true;
            }
            boolean the = at > 0 && tokens.get(at - 1).text().equalsIgnoreCase("the");
            return after || (change && the && !plural);
        }

        /// 数据库服务器 may be one or all of them; a change must not guess.
        private boolean isOneOfARole(int at) {
            Token token = tokens.get(at);
            boolean role =
                    token.is(Kind.WORD)
                            && Atoms.isHan(token.text().charAt(0))
                            && !isEnvironment(token);
            boolean noun =
                    at + 1 < tokens.size()
                            && tokens.get(at + 1).means("host.noun")
                            && !tokens.get(at + 1).means("host.nouns");
            return role
                    && noun
                    && tokens.stream()
                            .noneMatch(one ->
                                    one.means("host.nouns")
                                            || one.concepts().stream()
                                                    .anyMatch(c -> c.startsWith("q.")));
        }

        /// Whether the word speaks of one host.
        private static boolean isSingular(Token token) {
            boolean noun =
                    token.means("host.noun")
                            && !token.means("host.nouns")
                            && !Atoms.isHan(token.text().charAt(0));
            return noun || token.means("host.that");
        }

        private HostMention result() {
            if (excluded.isEmpty()) {
                used.removeIf(token -> token.means("except") && !token.text().isEmpty());
            }
            SortedSet<String> names = new TreeSet<>(included.isEmpty() ? groupMembers : included);
            if (included.isEmpty()
                    && groupMembers.isEmpty()
                    && (everything || vague || !excluded.isEmpty())) {
                hosts.all().forEach(host -> names.add(host.name()));
            }
            names.removeAll(excluded);
            return new HostMention(
                    names,
                    (vague || !excluded.isEmpty())
                            && included.isEmpty()
                            && groupMembers.isEmpty()
                            && !everything,
                    same,
                    problem,
                    used);
        }
    }
}
