package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.DnsAnswer.Question;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.DnsName;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `dig` asks one name server, past `/etc/hosts` and `nsswitch.conf`.
///
/// Read as text, which all versions print alike (`+yaml` needs BIND 9.16). Exit 0 says nothing of
/// success: the status does. Exit 9 means that no server answered.
final class Dig {
    private static final Pattern HEADER =
            Pattern.compile(";; ->>HEADER<<- opcode: \\w+, status: (\\w{2,16}), id: \\d+");
    private static final Pattern TIME = Pattern.compile(";; Query time: (\\d{1,9}) msec");
    private static final Pattern RECORD =
            Pattern.compile(
                    "(\\S{1,255})\\s+\\d{1,10}\\s+(?:IN|CH|HS)\\s+(\\S{1,12})\\s+(.{1,4096})");
    private static final Pattern SILENCE =
            Pattern.compile(
                    ";; (?:connection timed out; )?no servers could be reached|;; communications"
                        + " error to .*|;; Connection to .* failed: .*|;; connection timed out.*");

    private Dig() {}

    static Argv command(IpAddress server, Question question, DnsName name, String type) {
        List<String> words =
                new ArrayList<>(List.of("dig", "+time=2", "+tries=1", "+nocmd", "+noquestion"));
        switch (question) {
            case NAME, CONTROL -> {}
            case OVER_TCP -> words.add("+tcp");
            case UNCHECKED -> words.add("+cdflag");
        }
        words.add("@" + server);
        if (question == Question.CONTROL) {
            words.addAll(List.of("-t", "NS", "-q", "."));
        } else if (type.equals("PTR") && name.isAddress()) {
            words.addAll(List.of("-x", name.value()));
        } else {
            words.addAll(List.of("-t", type, "-q", name.value()));
        }
        return Argv.of(words).alsoReadableWhenExit(9, 127);
    }

    /// Capture number `number` of [#command].
    ///
    /// @param type only answers of this type are kept, not the aliases on the way there
    static DnsAnswer read(
            IpAddress server, Question question, String type, int number, List<Capture> captures)
            throws Unreadable {
        Optional<HostText> status = Optional.empty();
        Optional<Long> ms = Optional.empty();
        Optional<Finding.Lines> at = Optional.empty();
        boolean silent = false;
        boolean refused = false;
        List<HostText> answers = new ArrayList<>();
        boolean answering = false;
        for (Line line : Lines.of(number, captures)) {
            String text = line.text();
            if (line.has(HEADER)) {
                status = Optional.of(new HostText(line.match(HEADER, "").group(1)));
                at = Optional.of(line.at());
            } else if (line.has(TIME)) {
                ms = Optional.of(line.whole(line.match(TIME, "").group(1)));
            } else if (line.has(SILENCE)) {
                silent = true;
                refused |= text.contains("connection refused");
                at = at.or(() -> Optional.of(line.at()));
            } else if (text.startsWith(";; ") && text.endsWith(" SECTION:")) {
                answering = text.equals(";; ANSWER SECTION:");
            } else if (!text.isBlank() && !text.startsWith(";")) {
                Matcher form = line.match(RECORD, "a resource record");
                if (answering && form.group(2).equals(type)) {
                    answers.add(new HostText(form.group(3)));
                }
            }
        }
        if (status.isEmpty() && !silent) {
            throw Unreadable.line(
                    captures.get(number - 1).argv(),
                    1,
                    "a status, or that nobody answered",
                    captures.get(number - 1).stdout());
        }
        return new DnsAnswer(server, question, status, refused, ms, answers, at);
    }
}
