package parley.tools.catalogue.supply;

import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;

import parley.tools.value.HostText;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// OpenPGP key rings as hosts keep them: binary, or in ASCII armour. Read here, since many hosts
/// have no `gpg`.
final class KeyRings {
    private static final String ARMOUR = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

    private KeyRings() {}

    /// The rings in `bytes`; empty when they are no key ring at all.
    static Optional<List<PGPPublicKeyRing>> parse(byte[] bytes) {
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        try {
            for (byte[] block : blocks(bytes)) {
                BcPGPPublicKeyRingCollection all =
                        new BcPGPPublicKeyRingCollection(
                                PGPUtil.getDecoderStream(new ByteArrayInputStream(block)));
                all.iterator().forEachRemaining(rings::add);
            }
        } catch (IOException | PGPException | RuntimeException notKeys) {
            // the library throws many things over bytes that are no keys
            return Optional.empty();
        }
        return rings.isEmpty() ? Optional.empty() : Optional.of(rings);
    }

    /// Each armoured block alone: the library stops after the first.
    private static List<byte[]> blocks(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.contains(ARMOUR)) {
            return List.of(bytes);
        }
        List<byte[]> blocks = new ArrayList<>();
        for (String block : text.split("(?=" + ARMOUR + ")")) {
            if (block.startsWith(ARMOUR)) {
                blocks.add(block.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return blocks;
    }

    static SigningKey key(PGPPublicKeyRing ring, String source) {
        PGPPublicKey primary = ring.getPublicKey();
        Instant made = primary.getCreationTime().toInstant();
        long seconds = primary.getValidSeconds();
        List<HostText> signers = new ArrayList<>();
        for (Iterator<PGPPublicKey> keys = ring.getPublicKeys(); keys.hasNext(); ) {
            signers.add(new HostText(id(keys.next().getKeyID())));
        }
        Iterator<String> owners = primary.getUserIDs();
        return new SigningKey(
                new HostText(id(primary.getKeyID())),
                new HostText(owners.hasNext() ? owners.next() : "?"),
                made,
                seconds > 0 ? Optional.of(made.plusSeconds(seconds)) : Optional.empty(),
                primary.hasRevocation(),
                new HostText(source),
                signers);
    }

    /// Sixteen hexadecimal digits.
    static String id(long keyId) {
        return HexFormat.of().toHexDigits(keyId).toLowerCase(Locale.ROOT);
    }
}
