package org.evenkeel.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.evenkeel.accounts.Principal;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Principal ADMIN = new Principal("user:admin", "admin", Principal.Scope.ADMIN);
    private static final Sessions.Limits LIMITS = new Sessions.Limits(Duration.ofHours(12), Duration.ofHours(30));
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Sessions sessions = new Sessions();

    @Test
    void slidesWithUse() {
        sessions.open("id", "csrf", ADMIN, NOW, LIMITS);

        assertThat(sessions.use("id", NOW.plus(Duration.ofHours(11)), LIMITS))
                .hasValueSatisfying(
                        session -> assertThat(session.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(23))));
        assertThat(sessions.use("id", NOW.plus(Duration.ofHours(22)), LIMITS)).isPresent();
    }

    @Test
    void endsWhenIdle() {
        sessions.open("id", "csrf", ADMIN, NOW, LIMITS);

        assertThat(sessions.use("id", NOW.plus(Duration.ofHours(12)), LIMITS)).isEmpty();
        assertThat(sessions.use("id", NOW, LIMITS)).as("for good").isEmpty();
    }

    @Test
    void endsAtLastHoweverMuchItIsUsed() {
        sessions.open("id", "csrf", ADMIN, NOW, LIMITS);
        for (int hour = 0; hour < 30; hour++) {
            assertThat(sessions.use("id", NOW.plus(Duration.ofHours(hour)), LIMITS))
                    .isPresent();
        }

        assertThat(sessions.use("id", NOW.plus(Duration.ofHours(30)), LIMITS)).isEmpty();
    }

    @Test
    void endsAllOfAPersonButOne() {
        sessions.open("one", "c", ADMIN, NOW, LIMITS);
        sessions.open("two", "c", ADMIN, NOW, LIMITS);
        sessions.open("other", "c", new Principal("user:eve", "eve", Principal.Scope.READ), NOW, LIMITS);

        sessions.endAll("user:admin", "two");

        assertThat(sessions.use("one", NOW, LIMITS)).isEmpty();
        assertThat(sessions.use("two", NOW, LIMITS)).isPresent();
        assertThat(sessions.use("other", NOW, LIMITS)).isPresent();
    }

    @Test
    void boundsItsMemoryAndForgetsEndedOnes() {
        for (int i = 0; i < Sessions.MOST + 10; i++) {
            sessions.open("id-" + i, "c", ADMIN, NOW, LIMITS);
        }
        assertThat(sessions.size()).isEqualTo(Sessions.MOST);

        sessions.open("late", "c", ADMIN, NOW.plus(Duration.ofHours(13)), LIMITS);
        assertThat(sessions.size()).isEqualTo(1);
    }
}
