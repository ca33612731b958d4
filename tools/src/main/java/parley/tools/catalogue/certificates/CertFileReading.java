package parley.tools.catalogue.certificates;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.certificates.CertFile.Arguments;
import parley.tools.catalogue.certificates.CertFile.Found;
import parley.tools.catalogue.certificates.CertificateFile.Chain;
import parley.tools.catalogue.certificates.CertificateFile.State;
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what [CertFile] ran.
final class CertFileReading {
    /// More certificates in one file are a store of authorities.
    private static final int MOST_OF_A_CHAIN = 10;

    /// Of a store, those are told that end within so many days.
    private static final long ENDS_SOON = 180;

    private static final Pattern REFUSED =
            Pattern.compile("sed: (?:can't read|couldn't open file|read error on) (.+): ([^:]+)");

    private CertFileReading() {}

    static Reading<Found> of(Arguments arguments, List<Capture> captures) throws Unreadable {
        Instant now = HostClock.read(1, captures).now();
        List<Bilingual> gaps = new ArrayList<>();
        Capture search = Captures.need(captures, CertificateUse.search()).readable();
        if (arguments.paths().isEmpty() && !arguments.isSystem() && !search.asRoot()) {
            gaps.add(
                    Bilingual.of(
                            "without root not every configuration below /etc can be searched",
                            "没有 root 权限，无法搜索 /etc 下的全部配置"));
        }
        List<String> paths = CertFile.paths(arguments, captures);
        if (paths.isEmpty()) {
            return Reading.of(new Found(List.of(), now), true, gaps);
        }
        int number = Captures.number(captures, CertFile.blocks(paths));
        if (number == 0) {
            throw new Unreadable(Bilingual.of("sed was not run", "没有运行 sed"));
        }
        Map<String, List<Line>> printed = printed(paths, number, captures);
        Map<String, State> refused = refused(number, captures);
        List<CertificateUse> uses = CertificateUse.read(captures);
        List<CertificateFile> files = new ArrayList<>();
        for (String path : paths) {
            State state = refused.getOrDefault(path, State.READ);
            if (state == State.NO_PERMISSION) {
                gaps.add(Bilingual.of("this login may not read " + path, "当前登录用户无权读取 " + path));
            }
            List<Pem.Block> blocks = Pem.blocks(printed.getOrDefault(path, List.of()));
            files.add(file(path, state, blocks, uses, now, captures));
        }
        return Reading.of(new Found(files, now), gaps);
    }

    /// The lines that `sed` printed of each file, under the name it printed before them.
    private static Map<String, List<Line>> printed(
            List<String> paths, int number, List<Capture> captures) throws Unreadable {
        Map<String, List<Line>> printed = new LinkedHashMap<>();
        Optional<List<Line>> into = Optional.empty();
        boolean inside = false;
        for (Line line : Lines.of(number, captures)) {
            if (!inside && paths.contains(line.text())) {
                into = Optional.of(new ArrayList<>());
                printed.put(line.text(), into.get());
                continue;
            }
            if (into.isEmpty()) {
                throw line.refused("the name of a file before its certificates");
            }
            inside = line.has(Pem.BEGIN) || (inside && !line.has(Pem.END));
            into.get().add(line);
        }
        return printed;
    }

    private static Map<String, State> refused(int number, List<Capture> captures) {
        Map<String, State> refused = new LinkedHashMap<>();
        for (Line line : Lines.errors(number, captures)) {
            Matcher said = REFUSED.matcher(line.text());
            if (said.matches()) {
                refused.put(
                        said.group(1),
                        switch (said.group(2)) {
                            case "Permission denied" -> State.NO_PERMISSION;
                            case "No such file or directory", "Not a directory" ->
                                    State.NO_SUCH_FILE;
                            default -> State.NO_CERTIFICATE;
                        });
            }
        }
        return refused;
    }

    private static CertificateFile file(
            String path,
            State state,
            List<Pem.Block> blocks,
            List<CertificateUse> uses,
            Instant now,
            List<Capture> captures)
            throws Unreadable {
        List<CertificateUse> own =
                uses.stream().filter(use -> use.certificate().equals(path)).toList();
        List<Certificate> certificates = new ArrayList<>();
        for (Pem.Block block : blocks) {
            certificates.add(block.at(now));
        }
        Chain chain = chain(blocks, certificates);
        Optional<Boolean> matches =
                certificates.isEmpty()
                        ? Optional.empty()
                        : keyMatches(certificates.getFirst(), own, captures);
        return new CertificateFile(
                new HostText(path),
                state == State.READ && blocks.isEmpty() ? State.NO_CERTIFICATE : state,
                blocks.size(),
                chain,
                chain == Chain.STORE
                        ? certificates.stream().filter(one -> one.daysLeft() < ENDS_SOON).toList()
                        : certificates,
                own.stream().map(use -> new HostText(use.config())).distinct().toList(),
                matches);
    }

    private static Chain chain(List<Pem.Block> blocks, List<Certificate> certificates) {
        if (blocks.isEmpty()) {
            return Chain.NONE;
        }
        if (blocks.size() > MOST_OF_A_CHAIN) {
            return Chain.STORE;
        }
        if (certificates.getFirst().selfSigned()) {
            return Chain.SELF_SIGNED;
        }
        for (int index = 1; index < blocks.size(); index++) {
            boolean signed =
                    Certificate.isSignedBy(
                            blocks.get(index - 1).certificate(), blocks.get(index).certificate());
            if (!signed) {
                return Chain.BROKEN;
            }
        }
        return blocks.size() == 1 ? Chain.ALONE : Chain.COMPLETE;
    }

    private static Optional<Boolean> keyMatches(
            Certificate certificate, List<CertificateUse> uses, List<Capture> captures) {
        return uses.stream()
                .flatMap(use -> use.key().stream())
                .flatMap(key -> Captures.find(captures, CertFile.publicKey(key)).stream())
                .flatMap(capture -> fingerprint(capture).stream())
                .map(certificate.keySha256()::equals)
                .reduce(Boolean::logicalAnd);
    }

    /// Of the public key that openssl printed; empty when it printed none.
    private static Optional<String> fingerprint(Capture capture) {
        String text =
                capture.stdout()
                        .replaceAll("-----(?:BEGIN|END) PUBLIC KEY-----", "")
                        .replaceAll("\\s", "");
        if (capture.exit() != 0 || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Certificate.fingerprint(Base64.getDecoder().decode(text)));
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            return Optional.empty();
        }
    }
}
