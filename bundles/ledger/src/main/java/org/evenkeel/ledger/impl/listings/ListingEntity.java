package org.evenkeel.ledger.impl.listings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Objects;
import org.evenkeel.ledger.ListingView.State;

/** What a store sells, as its last pull left it. Never deleted: it can be gone and come back. */
@Entity(name = "Listing")
@Table(name = "listing")
public class ListingEntity {
    static final String GONE_REASON = "It is not among the store's listings any more.";
    static final String NO_SKU_REASON = "It has no SKU in the store.";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "listing_seq")
    @SequenceGenerator(name = "listing_seq", sequenceName = "listing_seq", allocationSize = 50)
    public Long id;

    @Column(name = "store", updatable = false)
    public String store;

    /** The store's listing id. */
    @Column(name = "code", updatable = false)
    public String code;

    /** The store's variant id; empty where it has none. */
    @Column(name = "variant", updatable = false)
    public String variant;

    @Column(name = "ref_key", updatable = false)
    public String refKey;

    /** Raw; null when there is none. */
    @Column(name = "sku")
    public String sku;

    @Column(name = "title")
    public String title;

    /** SKU and title without regard to case, for searching. */
    @Column(name = "search")
    public String search;

    /** What the store says of it. */
    @Enumerated(EnumType.STRING)
    @Column(name = "store_state")
    public State storeState;

    @Column(name = "store_reason")
    public String storeReason;

    /** Missing from the last complete pull. */
    @Column(name = "gone")
    public boolean gone;

    /** Derived of all that is known: see {@link #derive}. */
    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    public State state;

    @Column(name = "state_reason")
    public String stateReason;

    @Column(name = "counter")
    public String counter;

    @Column(name = "counter_key")
    public String counterKey;

    @Column(name = "product_id")
    public Long product;

    @Column(name = "folded_match")
    public boolean foldedMatch;

    /** The pull that saw it last. */
    @Column(name = "last_pull")
    public String lastPull;

    ListingRef ref() {
        return new ListingRef(code, variant);
    }

    /** Whether it may be pushed, were it the one of its counter. */
    boolean eligible() {
        return !gone && storeState == State.ACTIVE && product != null;
    }

    /**
     * Derives its state.
     *
     * @param pushed the listing of its counter that is pushed; null when none is
     * @return whether its state changed
     */
    boolean derive(ListingEntity pushed) {
        State before = state;
        String reasonBefore = stateReason;
        if (gone) {
            become(State.GONE, GONE_REASON);
        } else if (storeState != State.ACTIVE) {
            become(storeState, storeReason);
        } else if (product == null) {
            become(State.NO_SKU, NO_SKU_REASON);
        } else if (pushed != null && !pushed.id.equals(id)) {
            become(
                    State.SHARED_COUNTER,
                    "It shares its counter with " + pushed.named() + ", which is pushed for both.");
        } else {
            become(State.ACTIVE, "");
        }
        return before != state || !Objects.equals(reasonBefore, stateReason);
    }

    private void become(State next, String reason) {
        state = next;
        stateReason = reason;
    }

    private String named() {
        return "listing " + code + (variant.isEmpty() ? "" : "/" + variant) + " (SKU " + sku + ")";
    }
}
