package org.evenkeel.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.deploy.DeployedJar;
import org.evenkeel.deploy.DeployedJar.State;
import org.junit.jupiter.api.Test;

/** What is logged of a jar, and what only passes. */
class DeployLogTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> said = new ArrayList<>();
    private Instant now = START;
    private final DeployLog log = new DeployLog(
            new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            said::add,
            said::add);

    @Test
    void whatPassesWhileABundleIsReplacedIsNotToldAndThatItRunsAgainIs() {
        see(State.ACTIVE, START, "");
        see(State.STOPPED, START.plusSeconds(10), "It was stopped");
        see(State.ACTIVE, START.plusSeconds(11), "");
        see(State.ACTIVE, START.plusSeconds(11), "");

        assertThat(said).containsExactly("shop.jar runs as shop 1.0.0", "shop.jar runs as shop 1.0.0");
    }

    @Test
    void whatLastsIsToldOnce() {
        see(State.UNRESOLVED, START, "It needs the package org.missing");
        now = START.plus(DeployFolder.SETTLING);
        see(State.UNRESOLVED, START, "It needs the package org.missing");
        see(State.UNRESOLVED, START, "It needs the package org.missing");

        assertThat(said)
                .containsExactly("shop.jar does not run (something that it needs is missing):"
                        + " It needs the package org.missing");
    }

    @Test
    void whatIsTakenOutIsTold() {
        see(State.ACTIVE, START, "");
        log.look(List.of());
        log.look(List.of());

        assertThat(said).containsExactly("shop.jar runs as shop 1.0.0", "shop.jar was taken out of the deploy folder");
    }

    private void see(State state, Instant since, String words) {
        log.look(List.of(new DeployedJar("shop.jar", state, "shop 1.0.0", words, since)));
    }
}
