package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.AptPolicy;
import parley.tools.catalogue.packages.PackageFacts;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// [PackageOrigin] on Debian and its kin. Only an index that has the same version can tell where a
/// package may have come from.
final class PackageOriginApt {
    private static final int COLUMNS = 7;
    private static final int POLICY = 2;
    private static final int AUTOMATIC = 3;
    private static final int SOURCES = 4;
    private static final int ALL = 6;

    private PackageOriginApt() {}

    /// The commands known so far.
    static List<Argv> commands(String name, List<Capture> soFar) {
        List<Argv> commands = new ArrayList<>(List.of(installed(name)));
        boolean there = soFar.isEmpty() || soFar.getFirst().exit() == 0;
        if (there) {
            commands.add(Argv.of("apt-cache", "policy", "--", name));
            commands.add(Argv.of("apt-mark", "showauto", "--", name));
            commands.add(AptSources.command());
            commands.add(AptSources.targets());
            commands.add(AptPolicy.sources());
        }
        return commands;
    }

    /// Exit 1: not installed, nor ever was.
    static Argv installed(String name) {
        return Argv.of(
                        "dpkg-query",
                        "-W",
                        "-f",
                        "${Package}\\t${Version}\\t${Architecture}\\t${db:Status-Abbrev}"
                            + "\\t${source:Package}\\t${Maintainer}\\t${db-fsys:Last-Modified}\\n",
                        "--",
                        name)
                .alsoReadableWhenExit(1);
    }

    static Reading<Origins> read(String name, List<Capture> captures) throws Unreadable {
        List<Line> rows = rows(captures);
        List<Bilingual> gaps = new ArrayList<>();
        List<Origins.Origin> origins = new ArrayList<>();
        if (!rows.isEmpty()) {
            boolean lists = AptPolicy.hasLists(captures.get(ALL - 1));
            if (!lists) {
                gaps.add(AptPolicy.noLists());
            }
            List<PackageFacts.Offer> offers = AptPolicy.offers(captures.get(POLICY - 1), name);
            boolean automatic =
                    Lines.of(AUTOMATIC, captures).stream()
                            .anyMatch(line -> line.text().replaceFirst(":.*", "").equals(name));
            List<Repository> repositories = AptSources.read(SOURCES, captures, gaps);
            for (Line row : rows) {
                origins.add(origin(row, offers, automatic, repositories, lists));
            }
        }
        return Reading.of(new Origins(new HostText(name), origins), origins.isEmpty(), gaps);
    }

    /// The rows of what is there; configuration alone is not.
    static List<Line> rows(List<Capture> captures) throws Unreadable {
        List<Line> rows = new ArrayList<>();
        for (Line line : Lines.of(1, captures)) {
            String[] row = line.text().split("\t", -1);
            if (row.length != COLUMNS || row[3].length() < 2) {
                throw line.refused(COLUMNS + " columns of dpkg");
            }
            if (row[3].charAt(1) != 'n' && row[3].charAt(1) != 'c') {
                rows.add(line);
            }
        }
        return rows;
    }

    private static Origins.Origin origin(
            Line line,
            List<PackageFacts.Offer> offers,
            boolean automatic,
            List<Repository> repositories,
            boolean lists)
            throws Unreadable {
        String[] row = line.text().split("\t", -1);
        List<HostText> from =
                offers.stream()
                        .filter(offer -> offer.version().value().equals(row[1]))
                        .map(PackageFacts.Offer::repository)
                        .distinct()
                        .toList();
        Optional<Boolean> trusted =
                from.isEmpty()
                        ? lists ? Optional.of(false) : Optional.empty()
                        : verified(from, repositories);
        return new Origins.Origin(
                new HostText(row[1]),
                new HostText(row[2]),
                from,
                from.stream().findFirst().map(text -> new HostText(address(text))),
                row[5].isEmpty() ? Optional.empty() : Optional.of(new HostText(row[5])),
                Optional.empty(),
                Optional.of(new HostText(row[4])),
                modified(line, row[6]),
                automatic ? Origins.Reason.DEPENDENCY : Origins.Reason.USER,
                Optional.empty(),
                trusted,
                lists ? Optional.of(!from.isEmpty()) : Optional.empty(),
                lists ? Optional.of(offers.isEmpty()) : Optional.empty(),
                line.at());
    }

    private static String address(HostText offer) {
        return offer.value().replaceFirst(" .*", "");
    }

    /// Whether apt verified the lists of any of the repositories that `offers` names as
    /// `http://deb.debian.org/debian bookworm/main amd64`.
    private static Optional<Boolean> verified(
            List<HostText> offers, List<Repository> repositories) {
        Optional<Boolean> verified = Optional.empty();
        for (HostText offer : offers) {
            for (Repository one : repositories) {
                if (one.enabled() && one.verified().isPresent() && offers(one, offer)) {
                    verified = Optional.of(verified.orElse(false) || one.verified().get());
                }
            }
        }
        return verified;
    }

    static boolean offers(Repository one, HostText offer) {
        String place = address(offer).replaceFirst("/+$", "");
        String suite = offer.value().replaceFirst("^\\S+ ", "").replaceFirst(" .*", "");
        return one.urls().stream()
                        .anyMatch(url -> url.value().replaceFirst("/+$", "").equals(place))
                && one.suite()
                        .map(HostText::value)
                        .filter(text -> suite.equals(text) || suite.startsWith(text + "/"))
                        .isPresent();
    }

    private static Optional<Instant> modified(Line line, String seconds) throws Unreadable {
        try {
            return seconds.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(line.whole(seconds)));
        } catch (DateTimeException refused) {
            throw line.refused("seconds since 1970");
        }
    }
}
