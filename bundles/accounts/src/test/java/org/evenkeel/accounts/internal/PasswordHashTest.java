package org.evenkeel.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

    private final PasswordHash hashes = new PasswordHash(1_000, new SecureRandom());

    @Test
    void fitsItsPasswordAndNoOther() {
        String stored = hashes.hash("correct horse");

        assertThat(hashes.matches("correct horse", stored)).isTrue();
        assertThat(hashes.matches("correct horsf", stored)).isFalse();
        assertThat(hashes.matches("", stored)).isFalse();
    }

    @Test
    void saltsEveryHash() {
        assertThat(hashes.hash("correct horse")).isNotEqualTo(hashes.hash("correct horse"));
    }

    @Test
    void carriesItsParametersSoThatOlderHashesStayGood() {
        String old = new PasswordHash(500, new SecureRandom()).hash("correct horse");

        assertThat(old).startsWith("pbkdf2-sha256$500$").doesNotContain("correct horse");
        assertThat(hashes.matches("correct horse", old)).isTrue();
        assertThat(hashes.isWeak(old)).isTrue();
        assertThat(hashes.isWeak(hashes.hash("x"))).isFalse();
    }

    @Test
    void isPbkdf2AsOthersComputeIt() {
        // RFC 7914, section 11: PBKDF2-HMAC-SHA-256, "Password", "NaCl", 80000 iterations, the first 32 bytes.
        byte[] expected = HexFormat.of().parseHex("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
        String stored = "pbkdf2-sha256$80000$TmFDbA$"
                + Base64.getEncoder().withoutPadding().encodeToString(expected);

        assertThat(hashes.matches("Password", stored)).isTrue();
    }

    @Test
    void takesAPasswordHoweverItsUmlautIsComposed() {
        assertThat(hashes.matches("Scho\u0308n und gut", hashes.hash("Sch\u00f6n und gut")))
                .isTrue();
    }

    @Test
    void nothingFitsTheDummy() {
        assertThat(hashes.matches("", hashes.dummy())).isFalse();
    }

    @Test
    void usesTheIterationsThatOwaspAsksFor() {
        String stored = new PasswordHash(PasswordHash.OWASP_ITERATIONS, new SecureRandom()).hash("correct horse");

        assertThat(stored).startsWith("pbkdf2-sha256$600000$");
        assertThat(hashes.matches("correct horse", stored)).isTrue();
    }

    @Test
    void refusesAHashOfAnotherScheme() {
        assertThatThrownBy(() -> hashes.matches("x", "md5$1$a$b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reset the password");
    }
}
