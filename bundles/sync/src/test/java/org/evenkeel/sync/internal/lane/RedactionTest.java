package org.evenkeel.sync.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "401 for https://x.example/?access_token=hush-hush",
                "Authorization: Bearer hush-hush",
                "{\"client_secret\":\"hush-hush\"}",
                "password = hush-hush",
                "shpat_hushhush0123 is revoked",
                "order of hush.hush@example.org"
            })
    void whatMustNotBeKeptIsTakenOut(String words) {
        assertThat(Redaction.redacted(words)).doesNotContain("hush");
    }

    @Test
    void otherWordsStay() {
        String words = "The token lacks the scope write_inventory: grant it under Settings, then check again (403).";
        assertThat(Redaction.redacted(words)).isEqualTo(words);
    }
}
