package parley.safety.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class RedactorTest {
    private static final String PASSWORD = "Tr0ub4dor&3";
    private final Redactor redactor = new Redactor(key("the key of one record"));

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theMarkStandsWhereTheSecretStoodAndNamesItsRule() {
        Redacted redacted = redactor.redact("a\nDB_PASSWORD=" + PASSWORD + "\nb");
        assertEquals(1, redacted.redactions().size());
        Redaction one = redacted.redactions().getFirst();
        assertEquals("password", one.rule());
        assertEquals(PASSWORD.length(), one.length());
        assertEquals(redactor.commitment(PASSWORD), one.commitment());
        assertEquals(
                "a\nDB_PASSWORD=[redacted password " + one.commitment().substring(0, 8) + "]\nb",
                redacted.text());
        assertTrue(redacted.text().startsWith("[redacted", one.offset()));
    }

    @Test
    void equalSecretsHaveEqualMarksAndOtherKeysOthers() {
        Redacted twice =
                redactor.redact("PGPASSWORD=" + PASSWORD + " x\nmysql_password: " + PASSWORD);
        assertEquals(2, twice.redactions().size());
        assertEquals(
                twice.redactions().get(0).commitment(), twice.redactions().get(1).commitment());
        assertNotEquals(
                redactor.commitment(PASSWORD),
                new Redactor(key("the key of another record")).commitment(PASSWORD));
    }

    @Test
    void whatIsRedactedOnceIsNotRedactedAgain() {
        Redacted once =
                redactor.redact("Authorization: Bearer abcdefgh12345678ijkl\npwd=" + PASSWORD);
        Redacted again = redactor.redact(once.text());
        assertEquals(once.text(), again.text());
    }

    @Test
    void aKeyThatIsCutOffInTheMiddleIsTakenOutToTheEnd() {
        String body = "MIIEowIBAAKCAQEA7\nvV3n0cutHere";
        Redacted redacted = redactor.redact("-----BEGIN PRIVATE KEY-----\n" + body);
        assertFalse(redacted.text().contains("MIIEow"));
        assertFalse(redacted.text().contains("cutHere"));
    }

    @Test
    void overlappingSecretsLeaveNothingBehind() {
        String token = "ghp_" + "a1B2".repeat(9);
        Redacted redacted = redactor.redact("https://user:" + token + "@host/ token=" + token);
        assertFalse(redacted.text().contains("a1B2a1B2"), redacted.text());
    }

    @Test
    void lettersWhoseLowerCaseIsLongerDoNotShiftThePlaces() {
        Redacted redacted = redactor.redact("İİİİ password=" + PASSWORD + " İ");
        assertTrue(redacted.text().startsWith("İİİİ password=[redacted password "));
        assertTrue(redacted.text().endsWith("] İ"));
    }

    @Test
    void aHostileTextLetsNoSecretThroughWhetherItIsSearchedInTimeOrWithheld() {
        String hostile = "password=password:".repeat(60_000) + "\nDB_PASSWORD=" + PASSWORD;
        Redacted redacted = redactor.redact(hostile);
        assertFalse(redacted.text().contains(PASSWORD));
        assertEquals(redacted.complete(), !redacted.redactions().isEmpty());
        assertEquals(!redacted.complete(), redacted.text().equals(Redactor.WITHHELD));
    }

    @Test
    void anEmptyTextStaysEmpty() {
        assertEquals(new Redacted("", java.util.List.of(), true), redactor.redact(""));
    }
}
