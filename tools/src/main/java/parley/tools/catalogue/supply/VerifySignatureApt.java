package parley.tools.catalogue.supply;

import org.bouncycastle.openpgp.PGPPublicKeyRing;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.AptPolicy;
import parley.tools.catalogue.packages.PackageFacts;
import parley.tools.catalogue.supply.SignatureCheck.Level;
import parley.tools.catalogue.supply.SignatureCheck.Signed;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// [PackageVerifySignature] on Debian and its kin, whose packages carry no signature: the release
/// file of the repository that offers the version is verified, then the checksum of the list that
/// names the package against it. dpkg keeps nothing that would tie installed files to that list.
final class VerifySignatureApt {
    private static final String LISTS = "/var/lib/apt/lists/";
    private static final int POLICY = 2;
    private static final int SOURCES = 3;
    private static final int INDEX = 5;
    private static final int RELEASE = 6;
    private static final int SUM = 7;
    private static final int FIND = 8;
    private static final int BYTES = 9;

    /// What is to be verified: a version, and the repository that offers it.
    private record Subject(
            String version, boolean installed, Optional<Repository> repository, String index) {}

    private VerifySignatureApt() {}

    /// The commands known so far.
    static List<Argv> commands(String name, List<Capture> soFar) throws Unreadable {
        List<Argv> commands = new ArrayList<>(List.of(PackageOriginApt.installed(name)));
        commands.add(Argv.of("apt-cache", "policy", "--", name));
        commands.add(AptSources.command());
        commands.add(AptSources.targets());
        commands.add(
                Argv.of(
                        "apt-get",
                        "indextargets",
                        "--format",
                        "$(REPO_URI)|$(RELEASE)|$(FILENAME)",
                        "Created-By: Packages"));
        if (soFar.size() < INDEX) {
            return commands;
        }
        Optional<Subject> subject = subject(name, soFar);
        if (subject.isPresent() && subject.get().repository().isPresent()) {
            Repository repository = subject.get().repository().get();
            commands.add(
                    Argv.of("cat", "--", LISTS + AptSources.listStem(repository) + "InRelease")
                            .keeping(4 * 1024 * 1024)
                            .alsoReadableWhenExit(1));
            commands.add(Argv.of("sha256sum", "--", subject.get().index()).alsoReadableWhenExit(1));
            commands.add(AptKeys.find(AptSources.namedKeys(List.of(repository))));
            if (soFar.size() >= FIND) {
                SequencedMap<String, Long> files = trusted(repository, soFar);
                if (!files.isEmpty()) {
                    commands.add(AptKeys.bytes(files));
                }
            }
        }
        return commands;
    }

    /// The key files that apt trusts for this repository: those it names, or else all of its own.
    private static SequencedMap<String, Long> trusted(Repository repository, List<Capture> captures)
            throws Unreadable {
        SequencedMap<String, Long> files = AptKeys.files(FIND, captures);
        List<String> named = repository.keys().stream().map(HostText::value).toList();
        files.keySet().removeIf(path -> !named.isEmpty() && !named.contains(path));
        return files;
    }

    /// The installed version, or the one that would be installed.
    private static Optional<Subject> subject(String name, List<Capture> captures)
            throws Unreadable {
        List<Line> rows = PackageOriginApt.rows(captures);
        Capture policy = captures.get(POLICY - 1);
        Optional<String> installed = Optional.empty();
        if (!rows.isEmpty()) {
            installed = Optional.of(rows.getFirst().text().split("\t", -1)[1]);
        }
        Optional<String> version =
                installed.isPresent()
                        ? installed
                        : AptPolicy.candidate(policy, name).map(HostText::value);
        if (version.isEmpty()) {
            return Optional.empty();
        }
        String wanted = version.get();
        List<Repository> repositories =
                AptSources.read(SOURCES, captures, new ArrayList<>()).stream()
                        .filter(Repository::enabled)
                        .toList();
        for (PackageFacts.Offer offer : AptPolicy.offers(policy, name)) {
            for (Repository one : repositories) {
                boolean has =
                        offer.version().value().equals(wanted)
                                && PackageOriginApt.offers(one, offer.repository());
                Optional<String> index = has ? index(one, offer, captures) : Optional.empty();
                if (index.isPresent()) {
                    return Optional.of(
                            new Subject(
                                    wanted, installed.isPresent(), Optional.of(one), index.get()));
                }
            }
        }
        return Optional.of(new Subject(wanted, installed.isPresent(), Optional.empty(), ""));
    }

    /// The list of that repository which holds the offer: of the same component and architecture.
    private static Optional<String> index(
            Repository one, PackageFacts.Offer offer, List<Capture> captures) throws Unreadable {
        String stem = LISTS + AptSources.listStem(one);
        String[] words = offer.repository().value().split(" ");
        String component = words.length > 1 ? words[1].replaceFirst("^[^/]*/", "") : "";
        for (Line line : Lines.of(INDEX, captures)) {
            String[] columns = line.text().split("\\|", -1);
            if (columns.length != 3) {
                throw line.refused("three columns");
            }
            boolean flat = one.suite().filter(suite -> suite.value().endsWith("/")).isPresent();
            boolean same =
                    flat || columns[2].startsWith(stem + component.replace('/', '_') + "_binary-");
            if (columns[2].startsWith(stem) && same && columns[2].matches("/[!-~]{1,400}")) {
                return Optional.of(columns[2]);
            }
        }
        return Optional.empty();
    }

    static Reading<SignatureCheck> read(String name, List<Capture> captures) throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        AptSources.read(SOURCES, captures, gaps);
        Optional<Subject> subject = subject(name, captures);
        List<Signed> signatures = new ArrayList<>();
        if (subject.isPresent()) {
            signatures.add(
                    subject.get().repository().isEmpty()
                            ? unoffered(subject.get(), gaps)
                            : verified(subject.get(), captures, gaps));
        }
        if (subject.isEmpty() && captures.get(INDEX - 1).stdout().isBlank()) {
            gaps.add(AptPolicy.noLists());
        }
        SignatureCheck value = new SignatureCheck(new HostText(name), signatures);
        return Reading.of(value, signatures.isEmpty(), gaps);
    }

    private static Signed unoffered(Subject subject, List<Bilingual> gaps) {
        gaps.add(
                Bilingual.of(
                        "no list that this host has names {0}, so nothing vouches for it",
                        "该主机的列表中没有 {0}，无从验证", subject.version()));
        return signed(
                subject,
                Level.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Signed verified(Subject subject, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        Repository repository = subject.repository().orElseThrow();
        Capture release = captures.get(RELEASE - 1).readable();
        Optional<ReleaseSignature> found = ReleaseSignature.parse(release.stdout());
        if (release.exit() != 0 || found.isEmpty()) {
            return signed(
                    subject,
                    Level.NONE,
                    Optional.of(false),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(false),
                    Optional.empty());
        }
        SequencedMap<String, Long> files = trusted(repository, captures);
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        int before = gaps.size();
        if (captures.size() >= BYTES) {
            Map<String, List<PGPPublicKeyRing>> all = AptKeys.rings(files, BYTES, captures, gaps);
            all.values().forEach(rings::addAll);
        }
        ReleaseSignature.Judgement judgement = found.get().by(rings);
        boolean unsure = gaps.size() > before;
        Optional<Boolean> listed = listed(found.get().text(), captures, gaps);
        boolean good = judgement.outcome() == ReleaseSignature.Outcome.GOOD;
        boolean bad = judgement.outcome() == ReleaseSignature.Outcome.BAD;
        return signed(
                subject,
                Level.METADATA,
                Optional.of(true),
                Optional.of(judgement.keyId()),
                judgement.signer().map(ring -> KeyRings.key(ring, "").owner().value()),
                good || !unsure ? Optional.of(good) : Optional.empty(),
                bad ? Optional.of(false) : listed);
    }

    /// Whether the release file names the checksum that the list has.
    private static Optional<Boolean> listed(
            String release, List<Capture> captures, List<Bilingual> gaps) throws Unreadable {
        List<Line> lines = Lines.of(SUM, captures);
        if (lines.size() != 1 || !lines.getFirst().text().matches("[0-9a-f]{64} .*")) {
            gaps.add(
                    Bilingual.of(
                            "the list of packages could not be read to compare its checksum",
                            "无法读取软件包列表以比对校验和"));
            return Optional.empty();
        }
        String sum = lines.getFirst().text().substring(0, 64);
        return Optional.of(
                release.lines().anyMatch(line -> line.strip().matches(sum + " +\\d+ \\S+")));
    }

    private static Signed signed(
            Subject subject,
            Level level,
            Optional<Boolean> signed,
            Optional<String> keyId,
            Optional<String> signer,
            Optional<Boolean> trusted,
            Optional<Boolean> digest) {
        return new Signed(
                new HostText(subject.version()),
                subject.installed(),
                subject.repository().map(Repository::id),
                level,
                signed,
                Optional.empty(),
                keyId.map(HostText::new),
                signer.map(HostText::new),
                trusted,
                digest,
                subject.repository()
                        .map(Repository::evidence)
                        .orElse(new Finding.Lines(POLICY, 1, 1)));
    }
}
