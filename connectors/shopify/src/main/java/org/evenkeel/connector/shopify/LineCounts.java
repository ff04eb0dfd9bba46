package org.evenkeel.connector.shopify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.evenkeel.connector.OrderLine.Detail;
import org.evenkeel.connector.OrderLine.Kind;
import org.evenkeel.connector.shopify.LineFacts.Refund;
import org.evenkeel.connector.shopify.LineFacts.Restock;
import org.evenkeel.connector.shopify.LineFacts.Shipment;

/**
 * From Shopify's figures of an order line to the counts of the ledger. Pure; the table stands in this connector's
 * README, and each row of it has a test.
 *
 * <p>Shopify tells how many units were ordered, how many left, and how many are still to be sent. What is missing in
 * between was <em>removed before it was sent</em>. The refunds say what became of those: put back on sale (cancelled) or
 * not (lost). A refund names a line, not whether it takes sent or unsent units of it; only that difference tells.
 *
 * @param ordered units ever ordered
 * @param cancelled removed unsent, back on sale
 * @param lost removed unsent, not back on sale
 * @param fulfilled sent, gross
 * @param returned sent and back on the shelf
 * @param details each unit's place and time, as far as known
 */
record LineCounts(long ordered, long cancelled, long lost, long fulfilled, long returned, List<Detail> details) {

    /**
     * Counts a line.
     *
     * @throws ArithmeticException when the figures do not fit
     */
    static LineCounts of(LineFacts facts) {
        Counter counter = new Counter(facts);
        counter.fulfilled();
        counter.removedUnsent();
        counter.returned();
        return counter.result();
    }

    /** The state of one counting. */
    private static final class Counter {
        private final LineFacts facts;
        private final List<Detail> details = new ArrayList<>();
        /** Put back without saying whether sent or unsent; those that are not yet given away. */
        private final List<Refund> undecided = new ArrayList<>();

        private long fulfilled;
        private long cancelled;
        private long lost;
        private long returned;

        Counter(LineFacts facts) {
            this.facts = facts;
        }

        void fulfilled() {
            for (Shipment shipment : facts.shipments()) {
                if (shipment.left() && shipment.quantity() > 0) {
                    fulfilled = Math.addExact(fulfilled, shipment.quantity());
                    details.add(new Detail(Kind.FULFILLED, shipment.quantity(), shipment.location(), shipment.at()));
                }
            }
        }

        /**
         * Gives each unit that was removed unsent its reason: first what says so itself (CANCEL), then what was put back
         * without saying from where, then what was not put back; what no refund explains was taken out by an edit or a
         * cancellation, which put back on sale unless told otherwise.
         */
        void removedUnsent() {
            long removed = Math.max(0, unsent() - stillToSend());
            removed -= takeAll(Restock.CANCEL);
            removed -= takeUndecided(Math.max(0, removed));
            removed -= takeLost(Math.max(0, removed));
            if (removed > 0) {
                cancel(removed, null, facts.orderCancelledAt());
            }
        }

        void returned() {
            for (Refund refund : facts.refunds()) {
                if (refund.type() == Restock.RETURN && refund.restocked()) {
                    giveBack(refund);
                }
            }
            undecided.forEach(this::giveBack);
        }

        LineCounts result() {
            return new LineCounts(facts.quantity(), cancelled, lost, fulfilled, returned, List.copyOf(details));
        }

        private long unsent() {
            return Math.subtractExact(facts.quantity(), fulfilled);
        }

        /** A cancelled order sends nothing more, whatever its lines say. */
        private long stillToSend() {
            return facts.orderCancelledAt() == null ? facts.unfulfilled() : 0;
        }

        private long takeAll(Restock type) {
            long taken = 0;
            for (Refund refund : refunds(candidate -> candidate.type() == type)) {
                cancel(refund.quantity(), refund.location(), refund.at());
                taken = Math.addExact(taken, refund.quantity());
            }
            return taken;
        }

        private long takeUndecided(long limit) {
            long left = limit;
            for (Refund refund : refunds(Counter::putBackSomewhere)) {
                long units = Math.min(left, refund.quantity());
                if (units > 0) {
                    cancel(units, refund.location(), refund.at());
                }
                if (units < refund.quantity()) {
                    undecided.add(with(refund, refund.quantity() - units));
                }
                left -= units;
            }
            return limit - left;
        }

        private long takeLost(long limit) {
            long left = limit;
            for (Refund refund : refunds(Counter::notPutBack)) {
                long units = Math.min(left, refund.quantity());
                if (units > 0) {
                    lost = Math.addExact(lost, units);
                    details.add(new Detail(Kind.LOST, units, refund.location(), refund.at()));
                }
                left -= units;
            }
            return limit - left;
        }

        private static boolean putBackSomewhere(Refund refund) {
            return refund.type() == Restock.LEGACY_RESTOCK || refund.type() == Restock.NO_RESTOCK && refund.restocked();
        }

        private static boolean notPutBack(Refund refund) {
            return refund.type() == Restock.NO_RESTOCK && !refund.restocked();
        }

        private List<Refund> refunds(Predicate<Refund> which) {
            return facts.refunds().stream()
                    .filter(refund -> refund.quantity() > 0)
                    .filter(which)
                    .toList();
        }

        private void cancel(long units, String location, Instant at) {
            cancelled = Math.addExact(cancelled, units);
            details.add(new Detail(Kind.CANCELLED, units, location, at));
        }

        private void giveBack(Refund refund) {
            if (refund.quantity() > 0) {
                returned = Math.addExact(returned, refund.quantity());
                details.add(new Detail(Kind.RETURNED, refund.quantity(), refund.location(), refund.at()));
            }
        }

        private static Refund with(Refund refund, long quantity) {
            return new Refund(refund.type(), refund.restocked(), quantity, refund.location(), refund.at());
        }
    }
}
