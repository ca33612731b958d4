package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CertificatesTest {
    private static World host(String endpoint, String files) {
        return new World()
                .port(8443)
                .recorded("cert.endpoint", endpoint)
                .recorded("cert.file", files)
                .recorded("host.identify", "debian-12--apt-host");
    }

    private static Diagnosed diagnose(World world) {
        return world.diagnose(Symptom.CERTIFICATE);
    }

    private static boolean says(Diagnosed diagnosed, String en) {
        return diagnosed.causes().stream().anyMatch(one -> one.statement().en().contains(en));
    }

    @Test
    void aTrustedCertificateIsClean() {
        World world = host("debian-12--trusted", "debian-12--good");

        World.clean(diagnose(world));
        world.saysWhatItCannotSee(Symptom.CERTIFICATE);
    }

    @Test
    void anExpiredOneIsToldOfTheEndpointAndOfTheFile() {
        Diagnosed diagnosed = diagnose(host("debian-12--expired", "debian-12--used-and-expired"));

        assertTrue(says(diagnosed, "expired 2 days ago"), diagnosed.toString());
        assertTrue(
                diagnosed.causes().stream()
                        .anyMatch(one -> one.evidence().getFirst().tool().equals("cert.file")),
                diagnosed.toString());
    }

    @Test
    void theNameCountsWhereSomebodyAskedForIt() {
        World named =
                host("debian-12--wrong-name-of-target", "debian-12--good")
                        .from(World.WEB, "shop.testbed.example");

        assertTrue(says(diagnose(named), "the certificate is not for shop.testbed.example"));
    }

    @Test
    void aKeyThatDoesNotFitIsTold() {
        assertTrue(
                says(
                        diagnose(host("debian-12--trusted", "debian-12--wrong-key")),
                        "is not this certificate's"));
    }

    @Test
    void anEndpointThatPresentsNothingIsToldAsSuch() {
        assertTrue(says(diagnose(host("debian-12--no-tls", "debian-12--good")), "no certificate"));
    }
}
