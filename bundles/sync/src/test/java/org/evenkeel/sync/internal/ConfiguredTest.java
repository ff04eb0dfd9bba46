package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.evenkeel.sync.internal.lane.Settings;
import org.junit.jupiter.api.Test;

class ConfiguredTest {
    @Test
    void theDefaultsAreThoseOfTheLanes() {
        assertThat(Configured.settings(Configurations.with(Map.of()))).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void aValueThatMakesNoSenseIsRefusedByItsName() {
        assertThatThrownBy(() -> Configured.settings(Configurations.with(Map.of("interval_minutes", 0))))
                .hasMessage("org.evenkeel.sync: interval.minutes is 1 to 1440, not 0.");
        assertThatThrownBy(() -> Configured.settings(Configurations.with(Map.of("threads", 0))))
                .hasMessageContaining("threads");
    }
}
