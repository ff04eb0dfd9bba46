package org.evenkeel.connector.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.toolkit.RateBudget.Reservation;
import org.junit.jupiter.api.Test;

class RateBudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    private final RateBudget budget = new RateBudget("The store");

    private void learn(double left, double most, double rate) throws RateLimitedException {
        budget.reserve(0, 0, Urgency.URGENT, NOW).answered(left, most, rate, NOW);
    }

    private Duration refusal(double cost, double again, Urgency urgency, Instant now) {
        RateLimitedException refused =
                catchThrowableOfType(RateLimitedException.class, () -> budget.reserve(cost, again, urgency, now));
        assertThat(refused).as("it passed").isNotNull();
        assertThat(refused.urgentMayGo()).isEqualTo(urgency == Urgency.CALM);
        return refused.retryAfter();
    }

    private void passes(double cost, Urgency urgency, Instant now) {
        assertThatCode(() -> budget.reserve(cost, 0, urgency, now).close()).doesNotThrowAnyException();
    }

    @Test
    void beforeTheFirstAnswerEverythingPasses() {
        passes(900, Urgency.CALM, NOW);
    }

    @Test
    void whatTheStoreHasPublishedCountsFromTheBeginning() throws RateLimitedException {
        budget.begin(10, 2, NOW);
        for (int i = 0; i < 10; i++) {
            passes(1, Urgency.URGENT, NOW);
        }
        assertThat(refusal(1, 0, Urgency.URGENT, NOW)).isBetween(Duration.ofMillis(500), Duration.ofMillis(510));
        learn(5, 10, 2);
        budget.begin(10, 2, NOW);
        assertThat(refusal(6, 0, Urgency.URGENT, NOW)).isPositive();
    }

    @Test
    void whatTheBucketDoesNotHoldWaitsUntilItDoes() throws RateLimitedException {
        learn(400, 2000, 100);
        Duration wait = refusal(900, 0, Urgency.URGENT, NOW);
        assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5010));
        passes(900, Urgency.URGENT, NOW.plus(wait));
    }

    @Test
    void theWaitCoversWhatIsSpentAgain() throws RateLimitedException {
        learn(400, 2000, 100);
        assertThat(refusal(500, 300, Urgency.URGENT, NOW)).isBetween(Duration.ofSeconds(4), Duration.ofMillis(4010));
    }

    @Test
    void whatIsCalmLeavesHalfToWhatIsUrgent() throws RateLimitedException {
        learn(1500, 2000, 100);
        assertThat(refusal(900, 0, Urgency.CALM, NOW)).isBetween(Duration.ofSeconds(4), Duration.ofMillis(4010));
        passes(500, Urgency.CALM, NOW);
        passes(900, Urgency.URGENT, NOW);
    }

    @Test
    void whatIsCalmAndDearPassesAFullBucket() throws RateLimitedException {
        learn(1000, 1000, 100);
        passes(900, Urgency.CALM, NOW);
        assertThat(refusal(900, 0, Urgency.CALM, NOW)).isBetween(Duration.ofSeconds(9), Duration.ofMillis(9010));
    }

    @Test
    void noWaitIsLongerThanTheBucketTakesToFill() throws RateLimitedException {
        learn(0, 1000, 100);
        assertThat(budget.until(5000, NOW)).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_010));
    }

    @Test
    void whatIsUnderWayElsewhereIsNotTakenForLeft() throws RateLimitedException {
        learn(1000, 2000, 100);
        Reservation one = budget.reserve(400, 0, Urgency.URGENT, NOW);
        Reservation two = budget.reserve(400, 0, Urgency.URGENT, NOW);
        // The store answers the first before it has seen the second.
        one.answered(990, 2000, 100, NOW);
        assertThat(refusal(600, 0, Urgency.URGENT, NOW)).isPositive();
        two.answered(980, 2000, 100, NOW);
        passes(600, Urgency.URGENT, NOW);
    }

    @Test
    void whatEndedWithoutWordCountsAsSpentAndNoLongerAsUnderWay() throws RateLimitedException {
        learn(1000, 2000, 100);
        budget.reserve(900, 0, Urgency.URGENT, NOW).close();
        assertThat(refusal(900, 0, Urgency.URGENT, NOW)).isPositive();
        learn(1000, 2000, 100);
        passes(900, Urgency.URGENT, NOW);
    }

    @Test
    void whileTheStoreAsksForPatienceNobodySendsAnything() throws RateLimitedException {
        budget.reserve(1, 0, Urgency.URGENT, NOW).refused(Duration.ofSeconds(7), NOW);
        assertThatThrownBy(() -> budget.reserve(1, 0, Urgency.URGENT, NOW.plusSeconds(6)))
                .isInstanceOfSatisfying(RateLimitedException.class, refused -> {
                    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
                    assertThat(refused.urgentMayGo()).isFalse();
                });
        passes(1, Urgency.URGENT, NOW.plusSeconds(7));
    }

    @Test
    void aCallDearerThanTheBucketIsLeftToTheStore() throws RateLimitedException {
        learn(0, 500, 100);
        passes(900, Urgency.URGENT, NOW);
    }

    @Test
    void anAnswerWithoutABudgetTeachesNothing() throws RateLimitedException {
        learn(0, 0, 0);
        passes(900, Urgency.URGENT, NOW);
    }

    @Test
    void instancesOfOneAccountSpendFromOneBudget() {
        Budgets budgets = new Budgets();
        Budgets.Use one = budgets.of("shop-a", "The store");
        Budgets.Use two = budgets.of("shop-a", "The store");
        assertThat(two.budget()).isSameAs(one.budget());
        assertThat(budgets.of("shop-b", "The store").budget()).isNotSameAs(one.budget());
        one.close();
        one.close();
        two.close();
        assertThat(budgets.of("shop-a", "The store").budget())
                .as("a budget outlives an instance that is replaced")
                .isSameAs(one.budget());
    }
}
