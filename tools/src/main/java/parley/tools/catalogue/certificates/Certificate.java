package parley.tools.catalogue.certificates;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One X.509 certificate, judged by the clock of the host that has it.
///
/// @param names the DNS names and IP addresses it is for; the common name counts for nothing
/// @param daysLeft whole days until it ends; negative after that
/// @param lifetimeDays how long it was issued for
/// @param keyBits the size of its key; 0 where the kind of key has none
/// @param authority whether it may sign others
/// @param sha256 its fingerprint, in hexadecimal digits
/// @param keySha256 the fingerprint of its public key
/// @param line where it begins in its capture, the first line being 1
public record Certificate(
        @Means(en = "subject", zh = "主体") HostText subject,
        @Means(en = "names", zh = "名称") List<HostText> names,
        @Means(en = "issuer", zh = "签发者") HostText issuer,
        @Means(en = "serial", zh = "序列号") String serial,
        @Means(en = "not before", zh = "生效时间") Instant notBefore,
        @Means(en = "not after", zh = "到期时间") Instant notAfter,
        @Means(en = "days left", zh = "剩余天数") long daysLeft,
        @Means(en = "lifetime, days", zh = "有效期（天）") long lifetimeDays,
        @Means(en = "key", zh = "密钥") String keyAlgorithm,
        @Means(en = "bits", zh = "位数") long keyBits,
        @Means(en = "signed with", zh = "签名算法") String signature,
        @Means(en = "self-signed", zh = "自签名") boolean selfSigned,
        @Means(en = "authority", zh = "可签发") boolean authority,
        @Means(en = "SHA-256", zh = "SHA-256 指纹") String sha256,
        @Means(en = "SHA-256 of the key", zh = "公钥 SHA-256") String keySha256,
        @Means(en = "line", zh = "行") long line) {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    public Certificate {
        requireNonNull(subject, "subject is null");
        names = List.copyOf(names);
        requireNonNull(issuer, "issuer is null");
        requireNonNull(notBefore, "notBefore is null");
        requireNonNull(notAfter, "notAfter is null");
    }

    /// @param now the host's clock
    static Certificate of(X509Certificate certificate, Instant now, int line)
            throws GeneralSecurityException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        PublicKey key = certificate.getPublicKey();
        return new Certificate(
                new HostText(certificate.getSubjectX500Principal().getName()),
                names(certificate),
                new HostText(certificate.getIssuerX500Principal().getName()),
                certificate.getSerialNumber().toString(16),
                from,
                until,
                Math.floorDiv(Duration.between(now, until).toSeconds(), 86400L),
                Duration.between(from, until).toDays(),
                key.getAlgorithm(),
                bits(key),
                certificate.getSigAlgName(),
                isSelfSigned(certificate),
                certificate.getBasicConstraints() >= 0,
                fingerprint(certificate.getEncoded()),
                fingerprint(key.getEncoded()),
                line);
    }

    static String fingerprint(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static List<HostText> names(X509Certificate certificate)
            throws CertificateParsingException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        List<HostText> names = new ArrayList<>();
        if (alternatives != null) {
            for (List<?> one : alternatives) {
                boolean usable =
                        one.get(0) instanceof Integer kind && (kind == DNS || kind == ADDRESS);
                if (usable) {
                    names.add(new HostText(String.valueOf(one.get(1))));
                }
            }
        }
        return names;
    }

    private static long bits(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength();
            case ECPublicKey curve -> curve.getParams().getOrder().bitLength();
            case EdECPublicKey edwards ->
                    edwards.getParams().getName().equals("Ed25519") ? 256 : 456;
            default -> 0;
        };
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && isSignedBy(certificate, certificate);
    }

    static boolean isSignedBy(X509Certificate certificate, X509Certificate signer) {
        try {
            certificate.verify(signer.getPublicKey());
            return true;
        } catch (GeneralSecurityException notSigned) {
            return false;
        }
    }

    /// Whether it is for this name or address: a `*` stands for exactly one label.
    public boolean isFor(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        Optional<String> parent =
                wanted.indexOf('.') > 0
                        ? Optional.of(wanted.substring(wanted.indexOf('.')))
                        : Optional.empty();
        return names.stream()
                .map(one -> one.value().toLowerCase(Locale.ROOT))
                .anyMatch(own ->
                        own.equals(wanted)
                                || (own.startsWith("*.")
                                        && parent.filter(own.substring(1)::equals).isPresent()));
    }

    /// How it is called in a sentence: its first name, else its subject.
    String called() {
        return names.isEmpty() ? subject.value() : names.getFirst().value();
    }
}
