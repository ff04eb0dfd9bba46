package org.evenkeel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;

class HostTest {
    @TempDir
    Path temporary;

    @Test
    void whatWasToldToStopDoesNotStart() throws Exception {
        Host host = new Host(
                Map.of(Constants.FRAMEWORK_STORAGE, temporary.resolve("cache").toString()));
        assertThat(host.stop(Duration.ofSeconds(20))).isTrue();
        assertThatThrownBy(() -> host.start(List.of(), Duration.ofSeconds(20)))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("was stopped");
        assertThat(host.stop(Duration.ofSeconds(20))).isTrue();
    }
}
