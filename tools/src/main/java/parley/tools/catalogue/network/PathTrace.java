package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.JsonDocument;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;
import parley.tools.value.Percent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hops to an address: by `mtr -j`, or where it is missing by `tracepath`, which asks each hop
/// once or twice only.
///
/// @param measured whether shares of loss mean something: several questions a hop
/// @param pmtu the path MTU where the program tells it
record PathTrace(List<PathHop> hops, boolean measured, Optional<Long> pmtu) {
    private static final Pattern REPLY =
            Pattern.compile(
                    " ?\\s*(\\d{1,3})(\\??):\\s+(?:(\\[LOCALHOST]|no reply|send"
                            + " failed|\\S+)(?:\\s+(\\d+\\.\\d+)ms)?(.*))");
    private static final Pattern RESUME = Pattern.compile("\\s+Resume: (?:pmtu (\\d{2,5}) ?)?.*");
    private static final Pattern PMTU = Pattern.compile(".*pmtu (\\d{2,5}).*");
    private static final Pattern GIVEN_UP = Pattern.compile("\\s+Too many hops: pmtu (\\d{2,5}).*");

    PathTrace {
        hops = List.copyOf(hops);
    }

    static Argv mtr(IpAddress address, long cycles) {
        return Argv.of("mtr", "-j", "-n", "-c", Long.toString(cycles), address.value())
                .betterAsRoot()
                .within(Duration.ofSeconds(60))
                .alsoReadableWhenExit(127);
    }

    static Argv tracepath(IpAddress address) {
        return Argv.of("tracepath", "-n", "-m", "20", address.value())
                .within(Duration.ofSeconds(80))
                .alsoReadableWhenExit(1, 127);
    }

    /// Capture number `number` of either.
    static PathTrace read(int number, List<Capture> captures) throws Unreadable {
        return captures.get(number - 1).argv().program().equals("mtr")
                ? readMtr(captures.get(number - 1))
                : readTracepath(number, captures);
    }

    private static PathTrace readMtr(Capture capture) throws Unreadable {
        List<PathHop> hops = new ArrayList<>();
        for (JsonDocument hub : JsonDocument.of(capture).at("report").at("hubs").elements()) {
            String host = hub.at("host").text();
            hops.add(
                    new PathHop(
                            // older versions write it as text
                            hub.at("count").node().asLong(),
                            host.equals("???") ? Optional.empty() : Optional.of(new HostText(host)),
                            hub.at("Snt").whole(),
                            new Percent(hub.at("Loss%").decimal()),
                            hub.at("Avg").decimal(),
                            hub.at("Best").decimal(),
                            hub.at("Wrst").decimal(),
                            hub.at("StDev").decimal()));
        }
        return new PathTrace(hops, true, Optional.empty());
    }

    private static PathTrace readTracepath(int number, List<Capture> captures) throws Unreadable {
        List<PathHop> hops = new ArrayList<>();
        Optional<Long> pmtu = Optional.empty();
        for (Line line : Lines.of(number, captures)) {
            Matcher found = PMTU.matcher(line.text());
            if (found.matches()) {
                pmtu = Optional.of(line.whole(found.group(1)));
            }
            if (line.has(RESUME) || line.has(GIVEN_UP)) {
                continue;
            }
            Matcher form = line.match(REPLY, "a hop of tracepath");
            String who = form.group(3);
            if (who.equals("[LOCALHOST]")) {
                continue;
            }
            boolean silent = who.equals("no reply") || who.equals("send failed");
            double ms = form.group(4) == null ? 0 : line.decimal(form.group(4));
            hops.add(
                    new PathHop(
                            line.whole(form.group(1)),
                            silent ? Optional.empty() : Optional.of(new HostText(who)),
                            1,
                            new Percent(silent ? 100 : 0),
                            ms,
                            ms,
                            ms,
                            0));
        }
        return new PathTrace(once(hops), false, pmtu);
    }

    /// tracepath tells a hop twice when it learns more of it: the last word counts.
    private static List<PathHop> once(List<PathHop> hops) {
        List<PathHop> kept = new ArrayList<>();
        for (PathHop hop : hops) {
            if (!kept.isEmpty() && kept.getLast().number() == hop.number()) {
                kept.removeLast();
            }
            kept.add(hop);
        }
        return kept;
    }
}
