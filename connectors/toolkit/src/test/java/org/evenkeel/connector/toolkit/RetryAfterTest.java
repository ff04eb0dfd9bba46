package org.evenkeel.connector.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "2 | PT2S",
                "2.0 | PT2S",
                "0.25 | PT0.25S",
                "' 17 ' | PT17S",
                "Mon, 02 Nov 2026 10:01:30 GMT | PT1M30S",
                "Mon, 02 Nov 2026 09:00:00 GMT | PT0S",
                "999999999 | PT24H",
                "Tue, 02 Nov 2027 10:00:00 GMT | PT24H"
            })
    void secondsAndDatesAreUnderstood(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "-1", "1e9", "0x10", "NaN", "Infinity", "12 s", "Mon, 99 Nov 2026 10:00:00 GMT"})
    void nonsenseIsNoHeader(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @Test
    void noHeaderIsNoWait() {
        assertThat(RetryAfter.parse(null, NOW)).isEmpty();
    }

    @Test
    void aSecretIsNotPrintedAndIsBlottedOut() {
        Secret secret = new Secret("hush");
        assertThat(secret.toString()).doesNotContain("hush");
        assertThat(secret.blotOut("the token hush is wrong")).isEqualTo("the token *** is wrong");
        assertThat(new Secret("").blotOut("as it was")).isEqualTo("as it was");
    }
}
