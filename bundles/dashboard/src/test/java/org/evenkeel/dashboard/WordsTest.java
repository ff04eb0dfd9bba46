package org.evenkeel.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as a person says them. */
class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "20, under 0.1 s",
        "356, 0.4 s",
        "1970, 2 s",
        "9949, 9.9 s",
        "9950, 10 s",
        "45400, 45 s",
        "120000, 2 min",
        "200000, 3 min 20 s",
        "18600000, 5 h 10 min",
        "273600000, 3 d 4 h"
    })
    void aTimeIsToldInTwoUnitsAtMost(long millis, String words) {
        assertEquals(words, Words.of(Duration.ofMillis(millis)));
    }
}
