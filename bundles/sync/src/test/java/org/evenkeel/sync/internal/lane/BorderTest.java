package org.evenkeel.sync.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.OrderSnapshot.Origin;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.UnreadableListing;
import org.evenkeel.connector.UnreadableOrder;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderToPark;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.StoreId;
import org.junit.jupiter.api.Test;

class BorderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final StoreId OTHER = new StoreId("other");

    private final Border border =
            new Border(new StoreId("shop"), account -> account.equals("other.example") ? OTHER : null);

    private static OrderLine line(String id, long ordered, long cancelled) {
        return new OrderLine(
                id,
                new ListingId("l", "v"),
                "A",
                "An apple",
                ordered,
                cancelled,
                0,
                0,
                0,
                "only",
                List.of(new OrderLine.Detail(OrderLine.Kind.CANCELLED, cancelled, null, NOW)));
    }

    private static OrderSnapshot order(Origin origin, OrderLine... lines) {
        return new OrderSnapshot("1", "#1", NOW, 3, NOW, true, origin, List.of(lines));
    }

    @Test
    void anOrderCrossesWhole() {
        var order = (org.evenkeel.ledger.OrderSnapshot)
                border.order(order(new Origin("other.example", "77"), line("1-1", 5, 2)));

        assertThat(order.revision()).isEqualTo(3);
        assertThat(order.pending()).isTrue();
        assertThat(order.deleted()).isFalse();
        assertThat(order.origin()).isEqualTo(new OrderKey(OTHER, "77"));
        var line = order.lines().get(0);
        assertThat(line.counts()).isEqualTo(new LineCounts(5, 2, 0, 0, 0));
        assertThat(line.listing()).isEqualTo("l");
        assertThat(line.variant()).isEqualTo("v");
        assertThat(line.moves()).hasSize(1);
    }

    @Test
    void anOriginThatIsNotConnectedIsTheStoresOwnOrder() {
        var order = (org.evenkeel.ledger.OrderSnapshot)
                border.order(order(new Origin("stranger.example", "77"), line("1-1", 1, 0)));
        assertThat(order.origin()).isNull();
    }

    @Test
    void negativeAndAbsurdCountsAndLinesThatComeTwiceAreParked() {
        assertThat(parked(order(null, line("1-1", -1, 0)))).contains("counts -1 units");
        assertThat(parked(order(null, line("1-1", Long.MAX_VALUE, 0)))).contains("counts");
        assertThat(parked(order(null, line("1-1", 1, 0), line("1-1", 1, 0)))).contains("comes twice");
        assertThat(parked(new UnreadableOrder("1", NOW, "A fraction: 1.5", "{}")))
                .contains("A fraction");
    }

    private String parked(org.evenkeel.connector.OrderEntry entry) {
        OrderToPark parked = (OrderToPark) border.order(entry);
        assertThat(parked.id()).isEqualTo("1");
        return parked.reason();
    }

    /** A page may list an order as it is before it lists it as it was; which one is newer is not told by their places. */
    @Test
    void ofAnOrderThatComesTwiceInAPageTheLedgerIsHandedBothAndAPlanTheNewest() {
        var now = new OrderSnapshot("1", "#1", NOW, 0, NOW, false, null, List.of(line("1-1", 5, 5)));
        var once = new OrderSnapshot("1", "#1", NOW.minusSeconds(1), 0, NOW, false, null, List.of(line("1-1", 5, 0)));

        assertThat(border.orders(List.of(now, once))).containsExactly(border.order(now), border.order(once));
        assertThat(border.newestOrders(List.of(now, once))).containsExactly(border.order(now));
        assertThat(border.newestOrders(List.of(once, now))).containsExactly(border.order(now));
    }

    @Test
    void anOrderThatCannotBeReadCountsWhereItComesLast() {
        var fine = order(null, line("1-1", 5, 0));
        var odd = new UnreadableOrder("1", NOW, "A fraction: 1.5", "{}");

        assertThat(border.orders(List.of(fine, odd))).containsExactly(border.order(odd));
        assertThat(border.orders(List.of(odd, fine))).containsExactly(border.order(fine));
    }

    @Test
    void aListingThatCannotBeReadHoldsUpNothing() {
        StoreListing fine = new StoreListing(
                new ListingId("1", ""),
                "A",
                "An apple",
                StoreListing.State.ACTIVE,
                "",
                "c1",
                List.of(new StoreListing.Figure("only", 3)));
        StoreListing absurd = new StoreListing(
                new ListingId("2", ""),
                "B",
                "A pear",
                StoreListing.State.ACTIVE,
                "",
                "c2",
                List.of(new StoreListing.Figure("only", Long.MAX_VALUE)));
        List<SeenListing> seen =
                border.listings(List.of(fine, absurd, new UnreadableListing(new ListingId("3", ""), "A fraction")));

        assertThat(seen)
                .extracting(SeenListing::state)
                .containsExactly(ListingView.State.ACTIVE, ListingView.State.UNREADABLE, ListingView.State.UNREADABLE);
        assertThat(seen.get(2).stateReason()).isEqualTo("A fraction");
    }
}
