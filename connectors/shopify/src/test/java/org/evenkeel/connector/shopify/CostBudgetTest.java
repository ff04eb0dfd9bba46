package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.evenkeel.connector.RateLimitedException;
import org.junit.jupiter.api.Test;

class CostBudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    private final CostBudget budget = new CostBudget();

    @Test
    void beforeTheFirstAnswerEverythingPasses() {
        assertThatCode(() -> budget.require(900, 0, NOW)).doesNotThrowAnyException();
    }

    @Test
    void whatTheBucketDoesNotHoldWaitsUntilItDoes() {
        budget.learn(400, 2000, 100, NOW);
        assertThatThrownBy(() -> budget.require(900, 0, NOW))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5010)));
    }

    @Test
    void theWaitIsLongEnough() {
        budget.learn(400, 2000, 100, NOW);
        Duration wait = budget.until(900, NOW);
        assertThatCode(() -> budget.require(900, 0, NOW.plus(wait))).doesNotThrowAnyException();
    }

    @Test
    void theWaitCoversWhatIsSpentAgain() {
        budget.learn(400, 2000, 100, NOW);
        assertThatThrownBy(() -> budget.require(500, 300, NOW))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(4), Duration.ofMillis(4010)));
    }

    @Test
    void noWaitIsLongerThanTheBucketTakesToFill() {
        budget.learn(0, 1000, 100, NOW);
        assertThat(budget.until(5000, NOW)).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_010));
    }

    @Test
    void aCallTakesItsCostOutUntilItsAnswerTellsBetter() {
        budget.learn(1000, 2000, 100, NOW);
        assertThatCode(() -> budget.require(900, 0, NOW)).doesNotThrowAnyException();
        assertThatThrownBy(() -> budget.require(900, 0, NOW)).isInstanceOf(RateLimitedException.class);
        budget.learn(1500, 2000, 100, NOW);
        assertThatCode(() -> budget.require(900, 0, NOW)).doesNotThrowAnyException();
    }

    @Test
    void aCallDearerThanTheBucketIsLeftToTheStore() {
        budget.learn(0, 500, 100, NOW);
        assertThatCode(() -> budget.require(900, 0, NOW)).doesNotThrowAnyException();
    }

    @Test
    void anAnswerWithoutABudgetTeachesNothing() {
        budget.learn(0, 0, 0, NOW);
        assertThatCode(() -> budget.require(900, 0, NOW)).doesNotThrowAnyException();
    }
}
