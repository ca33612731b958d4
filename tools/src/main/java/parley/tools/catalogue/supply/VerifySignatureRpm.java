package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.supply.SignatureCheck.Level;
import parley.tools.catalogue.supply.SignatureCheck.Signed;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageVerifySignature] wherever there is rpm. Only dnf 4 is asked for what is offered. `rpm
/// -K` calls an unsigned file "OK": hence `_pkgverify_level all`.
final class VerifySignatureRpm {
    private static final String FOLDER = "/var/cache/dnf/parley-signature";
    private static final int KEYS = 2;
    private static final int DOWNLOAD = 3;
    private static final int FOUND = 4;
    private static final int CHECKED = 5;
    private static final Pattern FILE = Pattern.compile(FOLDER + "/[A-Za-z0-9._+~^-]{1,200}\\.rpm");
    private static final Pattern VERSION = Pattern.compile(".*/.+-([^-/]+-[^-/]+)\\.[^.-]+\\.rpm");
    private static final Pattern SIGNATURE =
            Pattern.compile(
                    " +(?:Header )?V\\d (\\S+) Signature, key ID ([0-9a-f]{8,40}): ([A-Z]+)(?:"
                            + " .*)?");
    private static final Pattern DIGEST =
            Pattern.compile(" +(?:Header |Payload )?(?:\\S+) digest: ([A-Z]+)(?: .*)?");
    private static final Pattern OTHER = Pattern.compile("/.*:|error: .*| +.*: NOTFOUND.*");

    private VerifySignatureRpm() {}

    /// The commands known so far.
    static List<Argv> commands(String name, boolean dnf4, List<Capture> soFar) throws Unreadable {
        List<Argv> commands = new ArrayList<>(List.of(RpmPackage.command(name), RpmKeys.command()));
        boolean absent = !soFar.isEmpty() && soFar.getFirst().exit() == 1;
        if (absent && dnf4) {
            commands.add(
                    Argv.of(
                                    "dnf",
                                    "-q",
                                    "--setopt=exit_on_lock=True",
                                    "download",
                                    "--destdir=" + FOLDER,
                                    name)
                            .asRoot()
                            .within(Duration.ofMinutes(2))
                            .alsoReadableWhenExit(1));
            commands.add(
                    Argv.of("find", FOLDER, "-maxdepth", "1", "-name", "*.rpm", "-printf", "%p\\n")
                            .asRoot()
                            .alsoReadableWhenExit(1));
            if (soFar.size() >= FOUND && !files(soFar).isEmpty()) {
                List<String> words =
                        new ArrayList<>(
                                List.of(
                                        "rpmkeys",
                                        "--define",
                                        "_pkgverify_level all",
                                        "--checksig",
                                        "-v",
                                        "--"));
                words.addAll(files(soFar));
                commands.add(Argv.of(words).asRoot().alsoReadableWhenExit(1, 2, 3, 4));
                commands.add(
                        Argv.of("rm", "--recursive", "--one-file-system", "--", FOLDER).asRoot());
            }
        }
        return commands;
    }

    static List<RootCommand> rootCommands() {
        return List.of(
                ConfigLine.rootCommand(AptSources.command()),
                RootCommand.of(
                        "dnf -q --setopt=exit_on_lock=True download --destdir="
                                + FOLDER
                                + " <package>"),
                RootCommand.of("find " + FOLDER + " -maxdepth 1 -name *.rpm -printf %p\\n"),
                RootCommand.of(
                        "rpmkeys --define _pkgverify_level all --checksig -v -- <~"
                                + FOLDER
                                + "/[A-Za-z0-9][A-Za-z0-9._+~^-]*[.]rpm>..."),
                RootCommand.of("rm --recursive --one-file-system -- " + FOLDER));
    }

    private static List<String> files(List<Capture> captures) throws Unreadable {
        return Lines.of(FOUND, captures).stream()
                .filter(line -> line.has(FILE))
                .map(Line::text)
                .limit(4)
                .toList();
    }

    static Reading<SignatureCheck> read(String name, boolean dnf4, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<RpmPackage> packages = RpmPackage.read(1, captures);
        List<SigningKey> keys = RpmKeys.read(KEYS, captures, gaps);
        List<Signed> signatures = new ArrayList<>();
        for (RpmPackage one : packages) {
            signatures.add(installed(one, keys));
        }
        if (packages.isEmpty() && !dnf4) {
            gaps.add(
                    Bilingual.of(
                            "it is not installed, and what is offered cannot be checked on this"
                                    + " family yet",
                            "没有安装；此类主机暂不支持校验可安装的软件包"));
        } else if (packages.isEmpty()) {
            signatures.addAll(offered(captures, keys, gaps));
        }
        SignatureCheck value = new SignatureCheck(new HostText(name), signatures);
        return Reading.of(value, signatures.isEmpty(), gaps);
    }

    private static Signed installed(RpmPackage one, List<SigningKey> keys) {
        boolean signed = one.keyId().isPresent();
        Optional<SigningKey> signer = one.signer(keys);
        return new Signed(
                one.version(),
                true,
                Optional.empty(),
                signed ? Level.PACKAGE : Level.NONE,
                Optional.of(signed),
                one.algorithm(),
                one.keyId(),
                signer.map(SigningKey::owner),
                Optional.of(signer.filter(key -> !key.revoked()).isPresent()),
                Optional.empty(),
                one.at().at());
    }

    private static List<Signed> offered(
            List<Capture> captures, List<SigningKey> keys, List<Bilingual> gaps) throws Unreadable {
        if (captures.size() < DOWNLOAD) {
            // rpm said that it is installed, and then named no package.
            throw Unreadable.line(captures.getFirst().argv(), 1, "an installed package", "");
        }
        Capture download = captures.get(DOWNLOAD - 1).readable();
        if (captures.size() < CHECKED) {
            String said =
                    download.stderr()
                            .lines()
                            .filter(line -> line.startsWith("Error"))
                            .findFirst()
                            .orElse("");
            // "No package x available." is an answer; anything else hides one
            if (!download.stderr().contains("No package ")) {
                gaps.add(
                        Bilingual.of(
                                "what is offered could not be fetched: " + said,
                                "无法获取可安装的软件包：" + said));
            }
            return List.of();
        }
        return checked(Lines.of(CHECKED, captures), keys);
    }

    /// One block a file: its path, then a line for each signature and digest.
    private static List<Signed> checked(List<Line> lines, List<SigningKey> keys) throws Unreadable {
        List<Signed> all = new ArrayList<>();
        Optional<Line> file = Optional.empty();
        List<Line> block = new ArrayList<>();
        for (Line line : lines) {
            boolean head = line.text().startsWith("/") && line.text().endsWith(":");
            if (head && file.isPresent()) {
                all.add(signed(file.get(), block, keys));
                block = new ArrayList<>();
            }
            if (head) {
                file = Optional.of(line);
            } else {
                block.add(line);
            }
        }
        if (file.isPresent()) {
            all.add(signed(file.get(), block, keys));
        }
        return all;
    }

    private static Signed signed(Line file, List<Line> block, List<SigningKey> keys)
            throws Unreadable {
        Optional<Matcher> signature = Optional.empty();
        boolean digests = true;
        for (Line line : block) {
            Matcher form = SIGNATURE.matcher(line.text());
            Matcher digest = DIGEST.matcher(line.text());
            if (form.matches()) {
                signature = signature.or(() -> Optional.of(form));
            } else if (digest.matches()) {
                digests &= digest.group(1).equals("OK");
            } else if (!line.has(OTHER)) {
                throw line.refused("a signature or a digest");
            }
        }
        Matcher version = VERSION.matcher(file.text().substring(0, file.text().length() - 1));
        boolean bad = signature.filter(one -> one.group(3).equals("BAD")).isPresent();
        Optional<SigningKey> signer =
                signature.flatMap(
                        one -> keys.stream().filter(key -> key.signsAs(one.group(2))).findFirst());
        boolean accepted = signature.filter(one -> one.group(3).equals("OK")).isPresent();
        return new Signed(
                new HostText(version.matches() ? version.group(1) : "?"),
                false,
                Optional.empty(),
                signature.isPresent() ? Level.PACKAGE : Level.NONE,
                Optional.of(signature.isPresent()),
                signature.map(one -> new HostText(one.group(1))),
                signature.map(one -> new HostText(one.group(2))),
                signer.map(SigningKey::owner),
                Optional.of(accepted && signer.isPresent()),
                Optional.of(digests && !bad),
                file.at());
    }
}
