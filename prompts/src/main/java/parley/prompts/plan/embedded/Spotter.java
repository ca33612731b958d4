package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Grammar.Stage;
import parley.prompts.plan.embedded.Grammar.ValuePattern;
import parley.prompts.plan.embedded.Token.Kind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a request into tokens: first everything with a form of its own on the raw text, then words.
final class Spotter {
    private static final String AROUND = "(?<![A-Za-z0-9_])";
    private static final Pattern URL =
            Pattern.compile(
                    "(?:https?|ftp|tcp|tls)://[^\\s\"'，。；、)）\\u4e00-\\u9fff]*[^\\s\"'，。；、)）\\u4e00-\\u9fff.,;:!?]");
    private static final Pattern QUOTED =
            Pattern.compile("\"([^\"]*)\"|(?<!\\w)'([^']*)'(?!\\w)|`([^`]*)`");
    private static final Pattern SINGLE_NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9@:._+\\\\-]{0,127}");
    private static final Pattern PATH =
            Pattern.compile(
                    "(?<![A-Za-z0-9_.])(?:/[A-Za-z0-9._@%+~=-]*[A-Za-z0-9_@%+~=-])+/?|(?<![\\w/.:])/(?![\\w/])");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?(?![\\w]|\\.\\d)");
    private static final Pattern CVE = Pattern.compile("(?i)cve-\\d{4}-\\d{4,7}");
    private static final Pattern TICKET =
            Pattern.compile(AROUND + "[A-Z]{2,8}-\\d{2,7}\\b|#\\d{2,8}\\b");
    private static final Pattern ENCODED =
            Pattern.compile(
                    "(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/]{20,}={0,2}|(?:\\\\x[0-9a-fA-F]{2}){2,}|(?:%[0-9a-fA-F]{2}){2,})");
    private static final Pattern SHAPED =
            Pattern.compile("(?<![A-Za-z0-9_])[A-Za-z0-9](?:[A-Za-z0-9_@+.:\\\\-]*[A-Za-z0-9+_])?");
    private static final Pattern UNIT_SUFFIX =
            Pattern.compile(
                    ".*\\.(?:service|timer|socket|target|mount|path|slice|scope)$",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "(?<![\\w.@/-])(?:[a-z0-9-]+\\.)+(?:com|net|org|io|cn|dev|local|internal|lan|corp|example|test|app|cloud|edu|gov|info)(?![\\w-])");
    private static final Pattern ABBREVIATION =
            Pattern.compile("(?:[A-Za-z]\\.)+[A-Za-z]?|\\d+(?:st|nd|rd|th|x|s)");

    /// Names that only packages have.
    private static final Pattern PACKAGE_NAME =
            Pattern.compile(
                    "lib[a-z0-9.+-]*\\d[a-z0-9.+-]*|.*-(?:dev|devel|common|libs?|doc|bin)|[a-z]+\\+\\+|python3?[.-].*|libc6|glibc|openssl|zlib.*");

    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})(?![\\w.:])");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?%?");

    /// `gunicorn-something`: only the beginning is meant.
    private static final Pattern SOMETHING =
            Pattern.compile("(?i)-(?:something|whatever|anything|xxx)$");

    private static final int LONGEST_PHRASE = 6;

    private final Grammar grammar;
    private final HostNames hostNames;
    private final WordCutter words;
    private final Set<String> phrases;

    Spotter(Grammar grammar, HostNames hostNames) {
        this.grammar = grammar;
        this.hostNames = hostNames;
        this.words = new WordCutter(grammar);
        this.phrases = grammar.lexicon().phrasesWith(grammar.names());
    }

    /// The tokens of `text`, in order, without gaps other than blanks.
    List<Token> tokens(NormalText text) {
        List<Token> found = new ArrayList<>();
        each(text, found, URL, Kind.VALUE, "url");
        spotPatterns(text, found, Stage.FIRST);
        spotFixedForms(text, found);
        hostNames.spot(text, found);
        each(text, found, ADDRESS, Kind.VALUE, "address");
        eachLower(text, found, DOMAIN, "domain");
        spotPorts(text, found);
        spotPatterns(text, found, Stage.EARLY);
        for (Recurrences.Found again : Recurrences.in(text.lower())) {
            add(
                    found,
                    Token.value(
                            again.start(),
                            again.end(),
                            text.text().substring(again.start(), again.end()),
                            Kind.VALUE,
                            "calendar",
                            again.calendar()));
        }
        for (Times.Found time : Times.in(text.lower())) {
            addTime(text, found, time);
        }
        spotPatterns(text, found, Stage.LATE);
        spotPhrases(text, found);
        spotShaped(text, found);
        found.sort(Comparator.comparingInt(Token::start).thenComparingInt(Token::end));
        return HostPlaces.marked(words.fillGaps(text, found), grammar.names());
    }

    /// The port of `cache-1:6379`.
    private static void spotPorts(NormalText text, List<Token> found) {
        for (Token token : List.copyOf(found)) {
            boolean end =
                    token.is(Kind.HOST)
                            || token.type().equals("address")
                            || token.type().equals("domain");
            Matcher port = PORT.matcher(text.text()).region(token.end(), text.text().length());
            if (end && port.lookingAt()) {
                add(
                        found,
                        Token.value(
                                token.end(),
                                port.end(),
                                port.group(),
                                Kind.VALUE,
                                "port",
                                port.group(1)));
            }
        }
    }

    private void spotFixedForms(NormalText text, List<Token> found) {
        each(text, found, CVE, Kind.VALUE, "cve");
        quoted(text, found);
        each(text, found, PATH, Kind.VALUE, "path");
        each(text, found, ENCODED, Kind.QUOTED, "encoded");
    }

    private void quoted(NormalText text, List<Token> found) {
        Matcher matcher = QUOTED.matcher(text.text());
        while (matcher.find()) {
            int group = matcher.group(1) != null ? 1 : matcher.group(2) != null ? 2 : 3;
            String inner = matcher.group(group);
            if (SINGLE_NAME.matcher(inner).matches()) {
                continue;
            }
            add(
                    found,
                    new Token(
                            matcher.start(),
                            matcher.end(),
                            matcher.group(),
                            Kind.QUOTED,
                            "quoted",
                            List.of(inner),
                            symptoms(inner),
                            false));
        }
    }

    /// What a quoted error message tells of a trouble; nothing else in quotes means anything.
    private Set<String> symptoms(String quoted) {
        Set<String> told = new HashSet<>();
        for (Token word : words.fillGaps(NormalText.of(quoted), List.of())) {
            word.concepts().stream().filter(one -> one.startsWith("sym.")).forEach(told::add);
        }
        return told;
    }

    private static void addTime(NormalText text, List<Token> found, Times.Found time) {
        String words = text.text().substring(time.start(), time.end());
        boolean since = !time.since().isEmpty();
        boolean free =
                add(
                        found,
                        Token.value(
                                time.start(),
                                time.end(),
                                words,
                                Kind.VALUE,
                                since ? "since" : "until",
                                since ? time.since() : time.until()));
        if (free && since && !time.until().isEmpty()) {
            found.add(Token.value(time.end(), time.end(), "", Kind.VALUE, "until", time.until()));
        }
    }

    private void spotPatterns(NormalText text, List<Token> found, Stage stage) {
        boolean number = Numbers.isIn(text.lower(), found);
        for (ValuePattern pattern : grammar.patterns()) {
            if (pattern.stage() != stage || (pattern.isNumber() && !number)) {
                continue;
            }
            Matcher matcher =
                    pattern.pattern().matcher(stage == Stage.LATE ? text.lower() : text.text());
            while (matcher.find()) {
                String read = value(pattern.value(), matcher);
                String value = pattern.type().equals("size") ? Numbers.size(read) : read;
                if (!value.isEmpty()) {
                    boolean name = pattern.type().equals("name");
                    String type = isPossible(pattern.type(), value) ? pattern.type() : "odd";
                    add(
                            found,
                            new Token(
                                    matcher.start(),
                                    matcher.end(),
                                    matcher.group(),
                                    name ? Kind.NAME : Kind.VALUE,
                                    type,
                                    List.of(value),
                                    protocol(pattern, matcher.group()),
                                    false));
                }
            }
        }
    }

    /// There is no port 99999 and no process 0.
    private static boolean isPossible(String type, String value) {
        double most =
                switch (type) {
                    case "port" -> 65_535;
                    case "pid" -> 4_194_304;
                    default -> 0;
                };
        if (most == 0) {
            return !type.equals("size") || !value.matches("\\d{4,}T");
        }
        double number = Numbers.read(value).orElse(0);
        return number >= 1 && number <= most;
    }

    /// `53/udp`: the port says which protocol is meant.
    private static Set<String> protocol(ValuePattern pattern, String words) {
        if (!pattern.type().equals("port")) {
            return pattern.means();
        }
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("udp")
                ? Set.of("udp")
                : lower.contains("tcp") ? Set.of("tcp") : Set.of();
    }

    private static String value(String template, Matcher matcher) {
        String value = template;
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String text = matcher.group(group) == null ? "" : matcher.group(group);
            if (value.contains("#" + group)) {
                var number = Numbers.read(text);
                if (number.isEmpty()) {
                    return "";
                }
                value = value.replace("#" + group, Numbers.plain(number.getAsDouble()));
            }
            value = value.replace("$U" + group, text.toUpperCase(Locale.ROOT));
            value = value.replace("$" + group, text);
        }
        return value;
    }

    /// Phrases of the grammar that hold a name: in "ssh hangs" and `docker ps` none is meant.
    private void spotPhrases(NormalText text, List<Token> found) {
        List<Atoms.Atom> atoms = Atoms.of(text.lower(), 0, text.lower().length());
        for (int at = 0; at < atoms.size(); at++) {
            for (int next = Math.min(atoms.size(), at + LONGEST_PHRASE); next > at + 1; next--) {
                List<String> key = atoms.subList(at, next).stream().map(Atoms.Atom::text).toList();
                if (phrases.contains(String.join(" ", key))) {
                    int start = atoms.get(at).start();
                    int end = atoms.get(next - 1).end();
                    Set<String> concepts = grammar.lexicon().concepts(key);
                    String typed = text.text().substring(start, end);
                    add(found, Token.word(start, end, typed, concepts, false));
                    break;
                }
            }
        }
    }

    /// Tokens whose form says that they are a name, an address, a number.
    private void spotShaped(NormalText text, List<Token> found) {
        each(text, found, TICKET, Kind.VALUE, "ticket");
        Matcher matcher = SHAPED.matcher(text.text());
        while (matcher.find()) {
            String word = matcher.group();
            Kind kind = kindOfShaped(word);
            if (kind == Kind.NAME || kind == Kind.NO_HOST) {
                add(found, name(matcher.start(), matcher.end(), word, kind));
            } else if (kind == Kind.VALUE) {
                add(found, Token.value(matcher.start(), matcher.end(), word, kind, "number", word));
            }
        }
    }

    /// A name that is a word of the grammar as well keeps its concepts: `docker`, `chrony`.
    private Token name(int start, int end, String word, Kind kind) {
        String lower = word.toLowerCase(Locale.ROOT);
        Set<String> concepts = grammar.lexicon().concepts(Lexicon.atoms(lower));
        boolean known = grammar.names().contains(lower) && !grammar.names().contains(word);
        if (PACKAGE_NAME.matcher(lower).matches()) {
            concepts = new HashSet<>(concepts);
            concepts.add("name.package");
        }
        String value = SOMETHING.matcher(known ? lower : word).replaceAll("");
        return new Token(start, end, word, kind, "name", List.of(value), concepts, false);
    }

    /// `MARK` when the form says nothing.
    private Kind kindOfShaped(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (NUMBER.matcher(word).matches()) {
            return Kind.VALUE;
        }
        if (grammar.names().contains(lower) || UNIT_SUFFIX.matcher(word).matches()) {
            return Kind.NAME;
        }
        if (!grammar.lexicon().concepts(Lexicon.atoms(lower)).isEmpty()) {
            return Kind.MARK;
        }
        boolean letters = word.chars().allMatch(Character::isLetter);
        if (hostNames.isNearHost(lower)
                && !grammar.ordinary().contains(lower)
                && (!letters || grammar.lexicon().corrected(lower).isEmpty())) {
            return Kind.NO_HOST;
        }
        boolean mixed = !letters && word.chars().anyMatch(Character::isLetter);
        boolean abbreviation = ABBREVIATION.matcher(word).matches();
        return mixed && !abbreviation && !areWords(lower) ? Kind.NAME : Kind.MARK;
    }

    /// Whether every part between hyphens, colons and dots is a word: `follow-up`, `memory-wise`.
    private boolean areWords(String word) {
        String[] parts = word.split("[-.:+]");
        for (String part : parts) {
            if (grammar.lexicon().concepts(List.of(part)).isEmpty()) {
                return false;
            }
        }
        return parts.length > 0;
    }

    private static void each(
            NormalText text, List<Token> found, Pattern pattern, Kind kind, String type) {
        Matcher matcher = pattern.matcher(text.text());
        while (matcher.find()) {
            String value = matcher.group();
            String shortest =
                    type.equals("path") && value.length() > 1 && value.endsWith("/")
                            ? value.substring(0, value.length() - 1)
                            : value;
            add(found, Token.value(matcher.start(), matcher.end(), value, kind, type, shortest));
        }
    }

    private static void eachLower(
            NormalText text, List<Token> found, Pattern pattern, String type) {
        Matcher matcher = pattern.matcher(text.lower());
        while (matcher.find()) {
            add(
                    found,
                    Token.value(
                            matcher.start(),
                            matcher.end(),
                            matcher.group(),
                            Kind.VALUE,
                            type,
                            matcher.group()));
        }
    }

    /// Adds `token` unless something stands there already.
    static boolean add(List<Token> found, Token token) {
        for (Token other : found) {
            if (token.start() < other.end() && other.start() < token.end()) {
                return false;
            }
        }
        return found.add(token);
    }
}
