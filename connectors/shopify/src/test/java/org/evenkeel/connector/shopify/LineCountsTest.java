package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.evenkeel.connector.OrderLine.Detail;
import org.evenkeel.connector.OrderLine.Kind;
import org.evenkeel.connector.shopify.LineFacts.Refund;
import org.evenkeel.connector.shopify.LineFacts.Restock;
import org.evenkeel.connector.shopify.LineFacts.Shipment;
import org.junit.jupiter.api.Test;

/** Each row of the table in this connector's README, by its number there. */
class LineCountsTest {
    private static final Instant EARLY = Instant.parse("2026-11-02T10:00:00Z");
    private static final Instant LATE = Instant.parse("2026-11-03T10:00:00Z");
    private static final String SHELF = "gid://shopify/Location/1";
    private static final String OTHER = "gid://shopify/Location/2";

    // ---- what is ordered and sent

    @Test
    void row1AnOrderThatWasJustPlaced() {
        expect(line(5, 5), 5, 0, 0, 0, 0);
    }

    @Test
    void row2PartlySent() {
        LineCounts counts = expect(line(5, 3).sent(2), 5, 0, 0, 2, 0);
        assertThat(counts.details()).containsExactly(new Detail(Kind.FULFILLED, 2, SHELF, EARLY));
    }

    @Test
    void row2WhollySentInTwoShipments() {
        expect(line(5, 0).sent(2).sent(3), 5, 0, 0, 5, 0);
    }

    @Test
    void row3AShipmentThatWasCancelledNeverLeft() {
        expect(line(5, 5).shipment("CANCELLED", 2), 5, 0, 0, 0, 0);
        expect(line(5, 5).shipment("ERROR", 2), 5, 0, 0, 0, 0);
        expect(line(5, 5).shipment("FAILURE", 2), 5, 0, 0, 0, 0);
    }

    @Test
    void row4AnEditThatAddsUnits() {
        expect(line(7, 7), 7, 0, 0, 0, 0);
    }

    // ---- what was removed before it was sent

    @Test
    void row5AnEditThatRemovesUnitsAndIsWrittenAsARefund() {
        expect(line(5, 3).refund(Restock.CANCEL, true, 2), 5, 2, 0, 0, 0);
    }

    @Test
    void row6AnEditThatRemovesUnitsWithoutARefund() {
        expect(line(5, 3), 5, 2, 0, 0, 0);
    }

    @Test
    void row6AnEditThatRemovesAWholeLine() {
        expect(line(5, 0), 5, 5, 0, 0, 0);
    }

    @Test
    void row7ACancellationWithRestock() {
        LineCounts counts = expect(line(5, 0).cancelled().refund(Restock.CANCEL, true, 5), 5, 5, 0, 0, 0);
        assertThat(counts.details()).containsExactly(new Detail(Kind.CANCELLED, 5, OTHER, LATE));
    }

    @Test
    void row8ACancellationWithoutRestock() {
        LineCounts counts = expect(line(5, 0).cancelled().refund(Restock.NO_RESTOCK, false, 5), 5, 0, 5, 0, 0);
        assertThat(counts.details()).containsExactly(new Detail(Kind.LOST, 5, OTHER, LATE));
    }

    @Test
    void row9ACancellationThatNoRefundExplains() {
        LineCounts counts = expect(line(5, 0).cancelled(), 5, 5, 0, 0, 0);
        assertThat(counts.details()).containsExactly(new Detail(Kind.CANCELLED, 5, null, LATE));
    }

    @Test
    void row9ACancelledOrderSendsNothingMoreWhateverItsLinesSay() {
        expect(line(5, 5).cancelled(), 5, 5, 0, 0, 0);
    }

    @Test
    void row10ARefundBeforeSendingWithRestock() {
        expect(line(5, 4).refund(Restock.CANCEL, true, 1), 5, 1, 0, 0, 0);
    }

    @Test
    void row10EvenWhereTheLineStillCountsTheUnitAsToBeSent() {
        expect(line(5, 5).refund(Restock.CANCEL, true, 1), 5, 1, 0, 0, 0);
    }

    @Test
    void row11ARefundBeforeSendingWithoutRestock() {
        expect(line(5, 4).refund(Restock.NO_RESTOCK, false, 1), 5, 0, 1, 0, 0);
    }

    // ---- what came back

    @Test
    void row12AReturnToTheShelf() {
        LineCounts counts = expect(line(5, 0).sent(5).refund(Restock.RETURN, true, 2), 5, 0, 0, 5, 2);
        assertThat(counts.details()).contains(new Detail(Kind.RETURNED, 2, OTHER, LATE));
    }

    @Test
    void row13ARefundOfASentUnitWithoutRestockChangesNothing() {
        expect(line(5, 0).sent(5).refund(Restock.NO_RESTOCK, false, 2), 5, 0, 0, 5, 0);
    }

    @Test
    void row14AReturnThatWasNotPutBackChangesNothing() {
        expect(line(5, 0).sent(5).refund(Restock.RETURN, false, 2), 5, 0, 0, 5, 0);
    }

    @Test
    void row15ALegacyRestockOfUnsentUnitsIsACancellation() {
        expect(line(5, 3).refund(Restock.LEGACY_RESTOCK, true, 2), 5, 2, 0, 0, 0);
    }

    @Test
    void row15ALegacyRestockOfSentUnitsIsAReturn() {
        expect(line(5, 0).sent(5).refund(Restock.LEGACY_RESTOCK, true, 2), 5, 0, 0, 5, 2);
    }

    @Test
    void row15ALegacyRestockOfBothKindsIsSplit() {
        LineCounts counts = expect(line(5, 0).sent(4).refund(Restock.LEGACY_RESTOCK, true, 3), 5, 1, 0, 4, 2);
        assertThat(counts.details())
                .contains(new Detail(Kind.CANCELLED, 1, OTHER, LATE), new Detail(Kind.RETURNED, 2, OTHER, LATE));
    }

    @Test
    void row16ARefundWithoutARestockTypeThatWasRestockedAllTheSame() {
        expect(line(5, 4).refund(Restock.NO_RESTOCK, true, 1), 5, 1, 0, 0, 0);
        expect(line(5, 0).sent(5).refund(Restock.NO_RESTOCK, true, 1), 5, 0, 0, 5, 1);
    }

    // ---- mixtures

    @Test
    void row17OneOfTwoSentCameBackAndThreeAreStillOpen() {
        LineCounts counts = expect(line(5, 3).sent(2).refund(Restock.RETURN, true, 1), 5, 0, 0, 2, 1);
        assertThat(open(counts)).isEqualTo(3);
    }

    @Test
    void row17EveryKindAtOnce() {
        LineCounts counts = expect(
                line(10, 2)
                        .sent(4)
                        .refund(Restock.CANCEL, true, 2)
                        .refund(Restock.NO_RESTOCK, false, 2)
                        .refund(Restock.RETURN, true, 1)
                        .refund(Restock.NO_RESTOCK, false, 1),
                10,
                2,
                2,
                4,
                1);
        assertThat(open(counts)).isEqualTo(2);
    }

    @Test
    void row17AnEditAndALossTogether() {
        expect(line(5, 2).refund(Restock.NO_RESTOCK, false, 1), 5, 2, 1, 0, 0);
    }

    @Test
    void nothingIsCountedForRefundsOfNoUnits() {
        assertThat(expect(line(5, 5).refund(Restock.CANCEL, true, 0), 5, 0, 0, 0, 0)
                        .details())
                .isEmpty();
    }

    @Test
    void anOverflowIsAnErrorNotAWrap() {
        LineFacts facts = line(5, 0).sent(Long.MAX_VALUE).sent(1).facts();
        assertThatThrownBy(() -> LineCounts.of(facts)).isInstanceOf(ArithmeticException.class);
    }

    /** A shop in which each unit has one fate; the counts find them all again, up to what refunds leave open. */
    @Property(tries = 500)
    void countsFindTheFateOfEachUnit(
            @ForAll @IntRange(max = 9) int open,
            @ForAll @IntRange(max = 9) int cancelled,
            @ForAll @IntRange(max = 9) int lost,
            @ForAll @IntRange(max = 9) int edited,
            @ForAll @IntRange(max = 9) int sent,
            @ForAll @IntRange(max = 9) int returned) {
        int back = Math.min(sent, returned);
        int ordered = open + cancelled + lost + edited + sent;
        LineCounts counts = LineCounts.of(line(ordered, open)
                .sent(sent)
                .refund(Restock.CANCEL, true, cancelled)
                .refund(Restock.NO_RESTOCK, false, lost)
                .refund(Restock.RETURN, true, back)
                .facts());
        assertThat(open(counts)).isEqualTo(open);
        assertThat(counts.cancelled()).isEqualTo(cancelled + edited);
        assertThat(counts.lost()).isEqualTo(lost);
        assertThat(counts.fulfilled()).isEqualTo(sent);
        assertThat(counts.returned()).isEqualTo(back);
    }

    /** Whatever a store sends: no count is negative, and details never say more than their count. */
    @Property(tries = 500)
    void detailsSumToTheirCounts(
            @ForAll @IntRange(max = 20) int quantity,
            @ForAll @IntRange(max = 20) int unfulfilled,
            @ForAll @IntRange(max = 20) int sent,
            @ForAll @Size(max = 5) List<Restock> types,
            @ForAll boolean restocked) {
        Line line = line(quantity, unfulfilled).sent(sent);
        types.forEach(type -> line.refund(type, restocked, 3));
        LineCounts counts = LineCounts.of(line.facts());
        assertThat(sum(counts, Kind.CANCELLED)).isEqualTo(counts.cancelled()).isNotNegative();
        assertThat(sum(counts, Kind.LOST)).isEqualTo(counts.lost()).isNotNegative();
        assertThat(sum(counts, Kind.FULFILLED)).isEqualTo(counts.fulfilled()).isNotNegative();
        assertThat(sum(counts, Kind.RETURNED)).isEqualTo(counts.returned()).isNotNegative();
    }

    private static long sum(LineCounts counts, Kind kind) {
        return counts.details().stream()
                .filter(detail -> detail.kind() == kind)
                .mapToLong(Detail::quantity)
                .sum();
    }

    private static long open(LineCounts counts) {
        return counts.ordered() - counts.cancelled() - counts.lost() - counts.fulfilled();
    }

    private static LineCounts expect(
            Line line, long ordered, long cancelled, long lost, long fulfilled, long returned) {
        LineCounts counts = LineCounts.of(line.facts());
        assertThat(List.of(counts.ordered(), counts.cancelled(), counts.lost(), counts.fulfilled(), counts.returned()))
                .as("ordered, cancelled, lost, fulfilled, returned")
                .containsExactly(ordered, cancelled, lost, fulfilled, returned);
        return counts;
    }

    private static Line line(long quantity, long unfulfilled) {
        return new Line(quantity, unfulfilled);
    }

    /** A line as Shopify would tell it. */
    private static final class Line {
        private final long quantity;
        private final long unfulfilled;
        private final List<Shipment> shipments = new ArrayList<>();
        private final List<Refund> refunds = new ArrayList<>();
        private Instant cancelledAt;

        Line(long quantity, long unfulfilled) {
            this.quantity = quantity;
            this.unfulfilled = unfulfilled;
        }

        Line sent(long units) {
            return shipment("SUCCESS", units);
        }

        Line shipment(String status, long units) {
            shipments.add(new Shipment(status, units, SHELF, EARLY));
            return this;
        }

        Line refund(Restock type, boolean restocked, long units) {
            refunds.add(new Refund(type, restocked, units, OTHER, LATE));
            return this;
        }

        Line cancelled() {
            cancelledAt = LATE;
            return this;
        }

        LineFacts facts() {
            return new LineFacts(quantity, unfulfilled, cancelledAt, shipments, refunds);
        }
    }
}
