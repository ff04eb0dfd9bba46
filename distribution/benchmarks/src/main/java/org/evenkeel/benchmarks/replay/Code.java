package org.evenkeel.benchmarks.replay;

import java.util.Locale;
import java.util.Set;

/**
 * A stock code.
 *
 * @param raw as written
 */
record Code(String raw) {
    /** Written into an invoice by hand: fees, discounts, corrections of money. They have no listing. */
    private static final Set<String> BY_HAND = Set.of("AMAZONFEE", "BANK CHARGES", "D", "M", "S");

    /** Sold like goods, but nothing that lies on a shelf: postage and carriage. Gift vouchers are of that kind, too. */
    private static final Set<String> SERVICES = Set.of("C2", "DOT", "POST");

    private static final String VOUCHER = "GIFT_";

    /** What a code stands for. */
    enum Kind {
        /** A product with stock. */
        GOODS,
        /** Sold by a listing that the shop does not track. */
        SERVICE,
        /** A line without a listing. */
        BY_HAND
    }

    /** Codes that differ only in case are one product. */
    String folded() {
        return raw.strip().toUpperCase(Locale.ROOT);
    }

    Kind kind() {
        String folded = folded();
        if (BY_HAND.contains(folded)) {
            return Kind.BY_HAND;
        }
        return SERVICES.contains(folded) || folded.startsWith(VOUCHER) ? Kind.SERVICE : Kind.GOODS;
    }

    boolean goods() {
        return kind() == Kind.GOODS;
    }

    @Override
    public String toString() {
        return raw;
    }
}
