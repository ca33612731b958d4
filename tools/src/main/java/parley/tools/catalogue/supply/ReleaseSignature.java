package parley.tools.catalogue.supply;

import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A release file signed in clear text (RFC 4880, 7): which keys signed it, and whether a given key
/// ring proves it.
///
/// @param text what is signed, as it is signed: without dash escapes and blanks at line ends
record ReleaseSignature(String text, List<PGPSignature> signatures) {
    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String MIDDLE = "-----BEGIN PGP SIGNATURE-----";

    /// The outcome with one set of keys.
    enum Outcome {
        GOOD,
        /// A key that is there did not make this signature of this text.
        BAD,
        /// No key that is there signed it.
        NO_KEY
    }

    /// @param keyId of the key that decided, or of the first signature
    record Judgement(Outcome outcome, String keyId, Optional<PGPPublicKeyRing> signer) {}

    /// Empty when `file` is not such a file.
    static Optional<ReleaseSignature> parse(String file) {
        List<String> lines = file.lines().toList();
        int middle = lines.indexOf(MIDDLE);
        int start = lines.indexOf("") + 1;
        if (lines.isEmpty() || !lines.getFirst().equals(BEGIN) || start < 1 || middle < start) {
            return Optional.empty();
        }
        String text =
                lines.subList(start, middle).stream()
                        .map(line -> line.startsWith("- ") ? line.substring(2) : line)
                        .map(line -> line.replaceFirst("[ \\t\\r]+$", ""))
                        .collect(Collectors.joining("\r\n"));
        String armour = String.join("\n", lines.subList(middle, lines.size())) + "\n";
        try {
            Object first =
                    new BcPGPObjectFactory(
                                    PGPUtil.getDecoderStream(
                                            new ByteArrayInputStream(
                                                    armour.getBytes(StandardCharsets.US_ASCII))))
                            .nextObject();
            if (!(first instanceof PGPSignatureList list) || list.isEmpty()) {
                return Optional.empty();
            }
            List<PGPSignature> signatures = new ArrayList<>();
            list.forEach(signatures::add);
            return Optional.of(new ReleaseSignature(text, signatures));
        } catch (IOException | RuntimeException notSigned) {
            // the library throws many things over bytes that are no signature
            return Optional.empty();
        }
    }

    /// Whether any of `rings` proves it; one good signature is enough, as it is for apt.
    Judgement by(List<PGPPublicKeyRing> rings) {
        Judgement last =
                new Judgement(
                        Outcome.NO_KEY,
                        KeyRings.id(signatures.getFirst().getKeyID()),
                        Optional.empty());
        for (PGPSignature signature : signatures) {
            for (PGPPublicKeyRing ring : rings) {
                Optional<PGPPublicKey> key =
                        Optional.ofNullable(ring.getPublicKey(signature.getKeyID()));
                if (key.isPresent()) {
                    boolean good = proves(signature, key.get());
                    last =
                            new Judgement(
                                    good ? Outcome.GOOD : Outcome.BAD,
                                    KeyRings.id(signature.getKeyID()),
                                    Optional.of(ring));
                    if (good) {
                        return last;
                    }
                }
            }
        }
        return last;
    }

    private boolean proves(PGPSignature signature, PGPPublicKey key) {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify();
        } catch (PGPException | RuntimeException unusable) {
            return false;
        }
    }
}
