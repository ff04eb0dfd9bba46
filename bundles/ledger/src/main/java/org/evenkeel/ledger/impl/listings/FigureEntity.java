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
import jakarta.persistence.Transient;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingView.Outcome;
import org.evenkeel.ledger.PushRecord;

/**
 * The figure of a counter at one of its store's locations: what was seen there, what is believed to be there, what was sent and
 * what became of it. It keeps its own books: each thing that can happen to it is a method, called while its row is locked.
 *
 * <p>While an outcome is outstanding there are two candidates for what the store shows: {@link #belief}, as if nothing had
 * arrived, and {@link #sentBelief}, as if it had.
 */
@Entity(name = "Figure")
@Table(name = "listing_figure")
public class FigureEntity {
    /** Older than every version: whatever is acknowledged for it leaves the figure due. */
    static final long NO_VERSION = -1;

    static final int LONGEST_MESSAGE = 1000;

    /** By so much the clocks of hosts may differ that tell of one figure. */
    static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "listing_figure_seq")
    @SequenceGenerator(name = "listing_figure_seq", sequenceName = "listing_figure_seq", allocationSize = 50)
    public Long id;

    @Column(name = "store", updatable = false)
    public String store;

    @Column(name = "counter", updatable = false)
    public String counter;

    @Column(name = "counter_key", updatable = false)
    public String counterKey;

    @Column(name = "store_location", updatable = false)
    public String storeLocation;

    /**
     * The listing that it is pushed for, or would be. Written by itself when it changes: Derby locks what a foreign key points
     * at with each update that names it, and an update of a figure must not wait for its product.
     */
    @Column(name = "listing_id", updatable = false)
    public long listing;

    /** The product of that listing; written as {@link #listing} is. */
    @Column(name = "product_id", updatable = false)
    public Long product;

    /** Whether it takes part: its listing is active and the store shows the figure. */
    @Column(name = "active")
    public boolean active;

    /** Whether the store still has this figure. */
    @Column(name = "shown")
    public boolean shown;

    @Column(name = "seen")
    public Long seen;

    @Column(name = "seen_at")
    public Instant seenAt;

    /** Since when its readings are the same, and the store itself did not move it; null when it did since it was read. */
    @Column(name = "steady_since")
    public Instant steadySince;

    /** Whether the last reading contradicts the belief and nothing since explained it. */
    @Column(name = "off_belief")
    public boolean offBelief;

    @Column(name = "first_gap")
    public Long firstGap;

    @Column(name = "first_gap_at")
    public Instant firstGapAt;

    /** What the store is believed to show; null when unknown. */
    @Column(name = "belief")
    public Long belief;

    /** What it shows if what was sent arrived; null when nothing is outstanding, or that is unknown. */
    @Column(name = "sent_belief")
    public Long sentBelief;

    /** What was sent; null when nothing is outstanding. */
    @Column(name = "sent")
    public Long sent;

    /** The key of the batch that is outstanding; null when none is. */
    @Column(name = "sent_key")
    public String sentKey;

    @Column(name = "sent_token")
    public String sentToken;

    @Column(name = "sent_product_version")
    public long sentProductVersion = NO_VERSION;

    @Column(name = "sent_rule_version")
    public long sentRuleVersion = NO_VERSION;

    @Column(name = "sent_interim")
    public boolean sentInterim;

    @Column(name = "acknowledged")
    public Long acknowledged;

    @Column(name = "acknowledged_at")
    public Instant acknowledgedAt;

    @Column(name = "acknowledged_product_version")
    public long acknowledgedProductVersion = NO_VERSION;

    @Column(name = "acknowledged_rule_version")
    public long acknowledgedRuleVersion = NO_VERSION;

    /** The newest version of its product that it was told of. */
    @Column(name = "needed_product_version")
    public long neededProductVersion;

    /** The newest version of rules and mapping that it was told of. */
    @Column(name = "needed_rule_version")
    public long neededRuleVersion;

    /** Whether something that it depends on is newer than what it acknowledged, or its belief moved since. */
    @Column(name = "due")
    public boolean due;

    @Enumerated(EnumType.ORDINAL)
    @Column(name = "queue")
    public Queue queue = Queue.REST;

    /** Its place among the others of its queue, the smallest first; from when it was filed there. */
    @Column(name = "priority")
    public int priority;

    /** How the last push that ended did. What is outstanding or parked stands in {@link #queue}: see {@link #outcome()}. */
    @Enumerated(EnumType.STRING)
    @Column(name = "outcome")
    public Outcome outcome = Outcome.NONE;

    @Column(name = "message")
    public String message = "";

    @Column(name = "retry_at")
    public Instant retryAt;

    @Column(name = "attempts")
    public int attempts;

    @Column(name = "stales")
    public int stales;

    /** Rises with every change, so that who decided without a lock sees whether it decided on this state. */
    @Column(name = "row_version")
    public long rowVersion;

    /** Whether {@link #listing} or {@link #product} is to be written. */
    @Transient
    boolean ownerChanged;

    // --- taking part -------------------------------------------------------------------------------------------------

    /**
     * Whose figure it is from now on. The caller holds the product's row, so that no change of it goes unseen.
     *
     * @return whether that changed anything
     */
    boolean belongTo(ListingEntity owner, boolean takesPart) {
        boolean otherProduct = !Objects.equals(product, owner.product);
        if (listing == owner.id && !otherProduct && active == takesPart) {
            return false;
        }
        ownerChanged |= listing != owner.id || otherProduct;
        listing = owner.id;
        product = owner.product;
        active = takesPart;
        if (otherProduct) {
            // Versions of another product say nothing about this one; nor will the outcome of what is outstanding.
            neededProductVersion = 0;
            acknowledgedProductVersion = NO_VERSION;
            sentProductVersion = NO_VERSION;
        }
        if (!active && queue.outstanding()) {
            // Nobody asks any more what became of it: a reading tells, once the figure takes part again.
            belief = Objects.equals(belief, sentBelief) ? belief : null;
            outcome = Outcome.NONE;
            nothingOutstanding();
            queue = Queue.REST;
        }
        due = true;
        if (!queue.outstanding()) {
            queue = active ? Queue.FRESH : Queue.REST;
        }
        return true;
    }

    // --- what the store shows
    // ------------------------------------------------------------------------------------------

    /** Whether a reading would change nothing but its time. */
    boolean agrees(long quantity) {
        return Objects.equals(seen, quantity)
                && Objects.equals(belief, quantity)
                && steadySince != null
                && !offBelief
                && !queue.outstanding();
    }

    /** A reading. Older ones than the last, or than the last acknowledgement, say nothing. @param now by the host's clock */
    void reading(long quantity, Instant at, Instant now) {
        if (isLater(seenAt, at, now) || isLater(acknowledgedAt, at, now)) {
            return;
        }
        steadySince = steadySince != null && Objects.equals(seen, quantity) ? steadySince : at;
        seen = quantity;
        seenAt = at;
        if (queue.outstanding()) {
            return;
        }
        if (belief == null || acknowledged == null || !active) {
            believeReading();
        } else {
            setOff(belief != quantity);
        }
    }

    /** Whether something is later than a reading. What lies ahead of now was told before the clock was set back: it is old. */
    private static boolean isLater(Instant known, Instant at, Instant now) {
        return known != null && at.isBefore(known) && !known.isAfter(now.plus(CLOCKS_APART));
    }

    /** The last reading becomes the belief: nothing better is known. */
    void believeReading() {
        boolean moved = !Objects.equals(belief, seen);
        belief = seen;
        setOff(false);
        if (moved) {
            markDue();
        }
    }

    /** The store itself moved its figure, for an order. */
    void effect(long delta) {
        steadySince = null;
        belief = plus(belief, delta);
        sentBelief = plus(sentBelief, delta);
        setOff(offBelief && !Objects.equals(belief, seen));
        markDue();
    }

    /** A sum that cannot be counted is no belief: the store is asked again. */
    private static Long plus(Long figure, long delta) {
        if (figure == null) {
            return null;
        }
        long sum = figure + delta;
        boolean overflown = ((figure ^ sum) & (delta ^ sum)) < 0;
        return overflown ? null : sum;
    }

    /** Somebody decided what the store shows. */
    void believe(long quantity, String reason) {
        if (queue.outstanding()) {
            outcome = Outcome.NONE;
            message = reason;
            queue = Queue.REST;
        }
        belief = quantity;
        nothingOutstanding();
        setOff(false);
        markDue();
    }

    // --- pushing -----------------------------------------------------------------------------------------------------

    /** It is about to be sent: from here on, both candidates stand until an outcome is recorded. */
    void sending(PushRecord.Item item, String key) {
        boolean repeated = queue.outstanding() && key.equals(sentKey) && Objects.equals(sent, item.sent());
        if (!repeated) {
            if (queue.outstanding() && !Objects.equals(belief, sentBelief)) {
                // Three candidates are as good as none.
                belief = null;
            }
            sent = item.sent();
            sentBelief = item.sent();
            sentKey = key;
        }
        sentToken = null;
        sentProductVersion = item.productVersion();
        sentRuleVersion = item.ruleVersion();
        sentInterim = item.interim();
        attempts++;
        // What makes it due while it is under way is seen when its outcome comes.
        due = false;
        retryAt = null;
        queue = Queue.UNKNOWN;
    }

    /** What became of it. @return whether this concerned what is outstanding */
    boolean sent(String key, PushRecord.Outcome result, Instant at) {
        if (!queue.outstanding() || !key.equals(sentKey)) {
            return false;
        }
        message = result.message();
        switch (result.kind()) {
            case ACKNOWLEDGED -> acknowledged(at);
            case ACCEPTED -> {
                queue = Queue.ACCEPTED;
                sentToken = result.token();
            }
            case UNKNOWN -> {
                queue = Queue.UNKNOWN;
                sentToken = null;
            }
            case STALE -> stale(result.actual(), at);
            case NOT_SENT -> {
                attempts--;
                notDone(Outcome.NONE, Queue.MOVED);
            }
            case REFUSED -> notDone(Outcome.REFUSED, changedSinceSent() ? Queue.MOVED : Queue.PARKED);
            case RETRYING -> {
                notDone(Outcome.RETRYING, result.retryAt() == null ? Queue.MOVED : Queue.WAITING);
                retryAt = result.retryAt();
            }
        }
        return true;
    }

    private void acknowledged(Instant at) {
        acknowledged = sent;
        acknowledgedAt = at;
        acknowledgedProductVersion = sentProductVersion;
        acknowledgedRuleVersion = sentRuleVersion;
        belief = sentBelief;
        steadySince = null;
        due = changedSinceSent() || sentInterim || belief == null;
        nothingOutstanding();
        setOff(false);
        outcome = Outcome.ACKNOWLEDGED;
        attempts = 0;
        stales = 0;
        queue = Queue.REST;
        if (due) {
            markDue();
        }
    }

    private void stale(Long actual, Instant at) {
        notDone(Outcome.NONE, Queue.MOVED);
        stales++;
        belief = actual;
        if (actual != null) {
            seen = actual;
            seenAt = at;
        }
        setOff(actual == null && seen != null);
    }

    /** Certainly nothing changed in the store: the old candidate stands. */
    private void notDone(Outcome how, Queue next) {
        outcome = how;
        nothingOutstanding();
        due = true;
        queue = active ? next : Queue.REST;
        if (how != Outcome.NONE) {
            stales = 0;
        }
    }

    private boolean changedSinceSent() {
        return due || neededProductVersion > sentProductVersion || neededRuleVersion > sentRuleVersion;
    }

    private void nothingOutstanding() {
        sent = null;
        sentBelief = null;
        sentKey = null;
        sentToken = null;
        sentProductVersion = NO_VERSION;
        sentRuleVersion = NO_VERSION;
        sentInterim = false;
    }

    /** The store shows what it should at these versions: nothing is sent. @return false when something newer concerns it */
    boolean level(long quantity, long productVersion, long ruleVersion, Instant at) {
        if (queue.outstanding()
                || !Objects.equals(belief, quantity)
                || neededProductVersion > productVersion
                || neededRuleVersion > ruleVersion) {
            return false;
        }
        acknowledged = quantity;
        acknowledgedAt = at;
        acknowledgedProductVersion = productVersion;
        acknowledgedRuleVersion = ruleVersion;
        due = false;
        if (queue == Queue.PARKED || queue == Queue.WAITING || outcome != Outcome.ACKNOWLEDGED) {
            outcome = Outcome.NONE;
            message = "";
        }
        retryAt = null;
        attempts = 0;
        stales = 0;
        queue = Queue.REST;
        return true;
    }

    /** A person lets it go again. */
    boolean retry(String by) {
        if (queue != Queue.PARKED) {
            return false;
        }
        queue = active ? Queue.FRESH : Queue.REST;
        message = by;
        return true;
    }

    /** Makes it due, and wakes it unless it waits for a time, an outcome, a change or a person. */
    private void markDue() {
        due = true;
        if (active && queue.ready() || active && (queue == Queue.REST || queue == Queue.DORMANT)) {
            queue = Queue.MOVED;
        }
    }

    // --- drift -------------------------------------------------------------------------------------------------------

    /** {@code seen − belief}; 0 when the belief is unknown. */
    long gap() {
        return belief == null || seen == null ? 0 : seen - belief;
    }

    /** It and what was read last against what is believed. @param key of the listing that it is pushed for */
    FigureGap toGap(ListingKey key) {
        return new FigureGap(
                id,
                key,
                counter,
                storeLocation,
                belief,
                seen,
                seenAt,
                gap(),
                firstGap,
                firstGapAt,
                steadySince != null);
    }

    /** Remembers the present gap as a first reading, unless it is remembered already, and from before this one. */
    void confirmGap() {
        boolean setBack = firstGapAt != null && firstGapAt.isAfter(seenAt);
        if (!Objects.equals(firstGap, gap()) || setBack) {
            firstGap = gap();
            firstGapAt = seenAt;
        }
    }

    private void setOff(boolean off) {
        offBelief = off;
        if (!off) {
            firstGap = null;
            firstGapAt = null;
        }
    }

    // --- views -------------------------------------------------------------------------------------------------------

    Outcome outcome() {
        return switch (queue) {
            case UNKNOWN -> Outcome.UNKNOWN;
            case ACCEPTED -> Outcome.ACCEPTED;
            case PARKED -> Outcome.PARKED;
            default -> outcome;
        };
    }
}
