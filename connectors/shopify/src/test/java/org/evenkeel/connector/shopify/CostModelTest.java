package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CostModelTest {
    private final CostModel costs = new CostModel();

    @Test
    void aPageStaysBelowTheCeilingByTheRules() {
        int size = costs.pageSize(Operation.LISTINGS, 9);
        assertThat(Cost.connection(size, 9)).isBetween(CostModel.CEILING - 20, CostModel.CEILING);
    }

    @Test
    void noPageIsLongerThanTheStoreAllows() {
        assertThat(costs.pageSize(Operation.LISTINGS, 1)).isEqualTo(CostModel.LONGEST_PAGE);
    }

    @Test
    void thereIsAlwaysOneItem() {
        assertThat(costs.pageSize(Operation.ORDERS, 5_000)).isEqualTo(1);
    }

    @Test
    void pagesGrowWhereTheStoreCountsLess() {
        int before = costs.pageSize(Operation.ORDERS, 100);
        costs.learn(Operation.ORDERS, 900, 300);
        assertThat(costs.pageSize(Operation.ORDERS, 100)).isBetween(before * 3 - 3, before * 3 + 3);
    }

    @Test
    void pagesShrinkWhereTheStoreCountsMore() {
        costs.learn(Operation.ORDERS, 450, 900);
        assertThat(costs.pageSize(Operation.ORDERS, 100)).isEqualTo(4);
    }

    @Test
    void aPageThatWasTooDearIsNeverAskedForAgain() {
        costs.learn(Operation.LISTINGS, 900, 100);
        costs.tooDear(Operation.LISTINGS, 200);
        assertThat(costs.pageSize(Operation.LISTINGS, 9)).isEqualTo(100);
        costs.learn(Operation.LISTINGS, 900, 10);
        assertThat(costs.pageSize(Operation.LISTINGS, 9)).isEqualTo(100);
    }

    @Test
    void oneOperationTeachesNothingAboutAnother() {
        costs.learn(Operation.LISTINGS, 900, 100);
        assertThat(costs.expected(Operation.ORDERS, 500)).isEqualTo(500);
    }

    @Test
    void aWideOrderFitsOneQueryWithOrWithoutPlaces() {
        assertThat(OrderSizes.WIDE.cost(true)).isLessThan(1_000);
        assertThat(OrderSizes.NARROW.cost(true)).isLessThan(1_000);
    }
}
