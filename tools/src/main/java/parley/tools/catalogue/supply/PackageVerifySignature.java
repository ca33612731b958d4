package parley.tools.catalogue.supply;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.catalogue.packages.Dialect;
import parley.tools.catalogue.packages.ManagerObservation;
import parley.tools.catalogue.supply.SignatureCheck.Signed;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether a package, installed or else offered, is signed by a key that the host trusts.
///
/// Source, where there is rpm: the signature that an installed package came with, and the keys in
/// rpm's database; one that is only offered is fetched by dnf into its own cache, judged by
/// `rpmkeys --checksig`, and removed again. On apt: the signature of the repository's release file,
/// verified here with the keys that apt trusts for it, and the chain of checksums from there to the
/// package's entry. *Empty* means that the package is neither installed nor offered.
public final class PackageVerifySignature
        implements ManagerObservation<PackageVerifySignature.Arguments, SignatureCheck> {
    public record Arguments(@Means(en = "the package", zh = "软件包名") PackageName name) {}

    @Override
    public Card card() {
        return Card.observe(
                "package.verify_signature",
                "supply",
                Bilingual.of("Whether a package is signed by a trusted key", "软件包签名是否可信"),
                RpmFamilies.table(),
                Bilingual.of("is the nginx package on web-1 signed?", "web-1 上的 nginx 软件包有签名吗"),
                Bilingual.of("verify the signature of openssl on db-1", "校验 db-1 上 openssl 的签名"),
                Bilingual.of(
                        "check the package signature of sudo on lb-1", "检查 lb-1 上 sudo 软件包的签名"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return VerifySignatureRpm.rootCommands();
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Optional<Dialect<Arguments, SignatureCheck>> dialect(Family family) {
        return switch (family) {
            case APT ->
                    Dialect.of(
                            (arguments, soFar) ->
                                    VerifySignatureApt.commands(arguments.name().value(), soFar),
                            (arguments, captures) ->
                                    VerifySignatureApt.read(arguments.name().value(), captures));
            case DNF -> rpm(true);
            case DNF5, YUM3, ZYPPER -> rpm(false);
            case APK, UNKNOWN -> Optional.empty();
        };
    }

    /// Only dnf can be asked for the package as its repository offers it.
    private static Optional<Dialect<Arguments, SignatureCheck>> rpm(boolean dnf) {
        return Dialect.of(
                (arguments, soFar) ->
                        VerifySignatureRpm.commands(arguments.name().value(), dnf, soFar),
                (arguments, captures) ->
                        VerifySignatureRpm.read(arguments.name().value(), dnf, captures));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<SignatureCheck> reading) {
        List<Finding> findings = new ArrayList<>();
        for (Signed one : reading.value().signatures()) {
            Finding told = told(reading.value().name(), one);
            findings.add(new Finding(told.severity(), told.statement(), List.of(one.evidence())));
        }
        if (findings.isEmpty()) {
            boolean partial = reading.status() == Reading.Status.PARTIAL;
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            arguments.name()
                                    + " is not installed"
                                    + (partial ? "" : ", and no repository offers it"),
                            arguments.name() + " 没有安装" + (partial ? "" : "，软件源也没有提供")));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding told(HostText name, Signed one) {
        String what =
                name + " " + one.version() + (one.installed() ? "" : " (not installed, offered)");
        String whatZh = name + " " + one.version() + (one.installed() ? "" : "（未安装，可安装）");
        String key = one.keyId().map(HostText::value).orElse("");
        if (one.isGood()) {
            String signer = one.signer().map(who -> who + ", " + key).orElse(key);
            boolean lists = one.level() == SignatureCheck.Level.METADATA;
            String repository = one.repository().map(HostText::value).orElse("");
            return Finding.of(
                    Severity.HEALTHY,
                    lists
                            ? "the lists of "
                                    + repository
                                    + ", which name "
                                    + what
                                    + ", are signed by a key that this host trusts ("
                                    + signer
                                    + ")"
                            : what + " is signed by a key that this host trusts (" + signer + ")",
                    lists
                            ? "列出 " + whatZh + " 的 " + repository + " 列表由该主机信任的密钥签名（" + signer + "）"
                            : whatZh + " 由该主机信任的密钥签名（" + signer + "）");
        }
        if (one.signed().isEmpty() || one.trusted().isEmpty()) {
            return Finding.of(
                    Severity.NOTICE,
                    "whether {0} is signed could not be found out",
                    "无法得知 {1} 是否有签名",
                    what,
                    whatZh);
        }
        if (!one.signed().get()) {
            return Finding.of(Severity.WARNING, what + " is not signed", whatZh + " 没有签名");
        }
        boolean damaged = one.digestOk().filter(right -> !right).isPresent();
        return damaged
                ? Finding.of(
                        Severity.CRITICAL,
                        "the signature or a checksum of {0} is not right",
                        "{1} 的签名或摘要不正确",
                        what,
                        whatZh)
                : Finding.of(
                        Severity.WARNING,
                        "{0} is signed by a key that this host does not trust ({1})",
                        "{2} 的签名密钥不受该主机信任（{1}）",
                        what,
                        key,
                        whatZh);
    }
}
