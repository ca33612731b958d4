package parley.prompts.plan.model;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Conversation.Past;
import parley.prompts.plan.PlannerFailed;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Hosts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the operator forbade in a conversation, word for word. It holds until they name the host in
/// another sense: a summary could drop it, a model could overlook it, and neither happens here.
final class Prohibitions {
    /// Characters of all of them. Whoever forbids more is not asked a model about it.
    static final int MOST = 12_000;

    private static final Pattern SENTENCE =
            Pattern.compile("[^\\n。！？；]*?(?:[.!?;](?=\\s|$)|[。！？；\\n]|$)");

    /// Where one thing ends and another begins: `restart a, but leave b alone`.
    private static final Pattern CLAUSE =
            Pattern.compile(
                    "[,，]|\\bbut\\b(?!\\s+not\\b)|但是?|\\band\\b(?=\\s+(?:do\\s?n.?o?t|never|leave)\\b)",
                    Pattern.CASE_INSENSITIVE);

    /// Words that forbid something, perhaps: a sentence with one is kept.
    private static final Pattern MAY_FORBID =
            Pattern.compile(
                    "\\b(?:don['’]?t|not|must\\s?n['’]?t|should\\s?n['’]?t|never|avoid|hands\\s+off|"
                        + "leave|keep|only|except|excluding|without|other\\s+than|apart\\s+from)\\b"
                        + "|不要|不能|不许|不得|不准|禁止|勿|别|除了|只能|只准|只许|保持",
                    Pattern.CASE_INSENSITIVE);

    /// An order to leave alone what comes after it in the clause. That something "does not answer"
    /// or "never comes up" is no order.
    private static final Pattern ORDER =
            Pattern.compile(
                    "^\\W*(?:(?:please|also|and|but|just|then|you|whatever\\s+you\\s+do|absolutely)\\s+)*"
                        + "(?:do\\s?n['’]?t|do\\s+not|never|avoid|hands\\s+off|keep\\s+(?:away|off)|"
                        + "leave(?=.*\\balone\\b))\\b(?!\\s+(?:forget|hesitate|worry|know)\\b)"
                        + "|\\b(?:except|excluding|without\\s+touching|but\\s+not|other\\s+than|"
                        + "apart\\s+from)\\b",
                    Pattern.CASE_INSENSITIVE);

    /// The same where the object may stand before it: “db-1 must not be touched”, “db-1 别动”.
    private static final Pattern ORDER_ANYWHERE =
            Pattern.compile(
                    "\\b(?:must|may|should)(?:\\s+not|n['’]?t)\\b"
                            + "|(?<!要)不要|不许|不得(?!不)|不准|禁止|勿"
                            + "|(?<![特区分级类性个])别(?![忘的处名]|担心)",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern EXCEPT_ZH = Pattern.compile("除了?(.*?)(?:之外|以外|外|都|全部|$)");

    /// Somebody's words, and what of them forbids.
    private record Said(String words, boolean now) {}

    private final Hosts hosts;
    private final List<Said> said;

    /// @throws PlannerFailed when there are more than a model can be told
    Prohibitions(Conversation conversation, Visible visible) throws PlannerFailed {
        this.hosts = conversation.hosts();
        List<Said> all = new ArrayList<>();
        Stream.concat(conversation.earlier().stream(), conversation.past().stream())
                .filter(visible::mayTell)
                .map(Past::words)
                .forEach(words -> all.add(new Said(words, false)));
        all.add(new Said(conversation.request().words(), true));
        this.said = List.copyOf(all);
        if (standing().stream().mapToInt(String::length).sum() > MOST) {
            throw new PlannerFailed(
                    Bilingual.of(
                            "what this conversation forbids is longer than a model is told ({0}"
                                    + " characters); begin a new one",
                            "本次对话中的禁止事项超过了可告知模型的长度（{0} 个字符）；请开始新的对话", MOST),
                    List.of(),
                    null);
        }
    }

    /// The sentences of earlier requests that forbid something, word for word, oldest first.
    List<String> standing() {
        Set<String> sentences = new LinkedHashSet<>();
        said.stream()
                .filter(one -> !one.now())
                .flatMap(one -> sentences(one.words()).stream())
                .filter(sentence -> MAY_FORBID.matcher(sentence).find())
                .forEach(sentences::add);
        return List.copyOf(sentences);
    }

    /// The sentence that forbids to touch this host, unless something newer names the host in
    /// another sense.
    Optional<String> against(String name) {
        Optional<String> forbidden = Optional.empty();
        List<Pattern> names = names(name);
        for (Said one : said) {
            boolean lifted = false;
            Optional<String> again = Optional.empty();
            for (String sentence : sentences(one.words())) {
                for (String clause : CLAUSE.split(sentence)) {
                    if (names.stream().anyMatch(it -> it.matcher(forbiddenPart(clause)).find())) {
                        again = Optional.of(sentence);
                    } else if (names.stream().anyMatch(it -> it.matcher(clause).find())) {
                        lifted = true;
                    }
                }
            }
            if (again.isPresent() || lifted) {
                forbidden = again;
            }
        }
        return forbidden;
    }

    /// The part of a clause whose objects are forbidden; empty when nothing is.
    private static String forbiddenPart(String clause) {
        Matcher order = ORDER.matcher(clause);
        if (order.find()) {
            return clause.substring(order.start());
        }
        Matcher except = EXCEPT_ZH.matcher(clause);
        if (except.find()) {
            return except.group(1);
        }
        return ORDER_ANYWHERE.matcher(clause).find() ? clause : "";
    }

    private static List<String> sentences(String words) {
        List<String> sentences = new ArrayList<>();
        Matcher matcher = SENTENCE.matcher(words);
        int end = 0;
        while (end < words.length() && matcher.find(end)) {
            end = Math.max(matcher.end(), end + 1);
            if (!matcher.group().isBlank()) {
                sentences.add(matcher.group().strip());
            }
        }
        return sentences;
    }

    /// Everything that this host may be called, its groups included.
    private List<Pattern> names(String name) {
        List<String> names = new ArrayList<>(List.of(name));
        Optional<Host> host = hosts.find(name);
        host.ifPresent(one -> {
            names.addAll(one.aliases());
            names.addAll(one.groups());
            one.address().ifPresent(names::add);
        });
        return names.stream()
                .map(one ->
                        Pattern.compile(
                                "(?<![A-Za-z0-9._-])"
                                        + Pattern.quote(one)
                                        + "(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])",
                                Pattern.CASE_INSENSITIVE))
                .toList();
    }
}
