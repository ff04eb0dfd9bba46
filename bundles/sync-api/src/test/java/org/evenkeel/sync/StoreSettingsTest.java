package org.evenkeel.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.evenkeel.ledger.InvalidInputException;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {

    @Test
    void whatMakesNoSenseIsRefusedByItsNameAndRange() {
        InvalidInputException interval = assertThrows(
                InvalidInputException.class,
                () -> new StoreSettings(Duration.ofSeconds(59), Drift.OVERWRITE, false, null, null));
        assertEquals("interval", interval.field());
        assertTrue(interval.getMessage().contains("one minute to one day, not 59 s"));

        InvalidInputException guard = assertThrows(
                InvalidInputException.class, () -> new StoreSettings(null, Drift.OVERWRITE, false, 10_001, null));
        assertEquals("guardShare", guard.field());

        InvalidInputException alarm = assertThrows(
                InvalidInputException.class,
                () -> new StoreSettings(null, Drift.OVERWRITE, false, null, Duration.ofDays(2)));
        assertEquals("windowAlarm", alarm.field());
    }
}
