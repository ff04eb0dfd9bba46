package org.evenkeel.sync.internal.plans;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.ledger.ForeseenListing;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;
import org.evenkeel.sync.internal.lane.Border;
import org.evenkeel.sync.internal.lane.Lane;

/** Keeps what is read of a store for plans that this host makes, and completes them. Thread-safe. */
final class PlanMaker implements PlanPull.PlanKeeper {
    private static final String NOT_MADE = "The host stopped while it was being made. Make a new one.";
    /** A plan that got on no further for so long, and is not made by this host, is not made by any. */
    private static final Duration STALLED = Duration.ofMinutes(2);

    private final PlanPlace place;
    private final PlanRecords records;
    private final PlanEnding ending;
    private final UndoRows undoRows;
    /** Plans that this host is making. */
    private final Set<Long> making = ConcurrentHashMap.newKeySet();

    PlanMaker(PlanPlace place, PlanRecords records, PlanEnding ending) {
        this.place = place;
        this.records = records;
        this.ending = ending;
        this.undoRows = new UndoRows(records, place.services.ledger().listings());
    }

    /** Makes a plan that is PULLING; returns at once. */
    void make(PlanEntity plan, Store store, Lane lane) {
        making.add(plan.id);
        new PlanPull(plan, store, lane, place.services, this).begin();
    }

    /** A plan as it is; one that no host makes any more has failed. */
    PlanEntity unlessStalled(PlanEntity plan) {
        boolean stalled = plan.state.equals(Plan.State.PULLING.name())
                && !making.contains(plan.id)
                && plan.progressedAt.plus(STALLED).isBefore(place.now());
        if (!stalled) {
            return plan;
        }
        ending.end(plan.id, Plan.State.FAILED, NOT_MADE);
        return records.find(plan.id).orElse(plan);
    }

    @Override
    public void can(PlanEntity plan, Capabilities can) {
        plan.cap = can.cap();
        plan.onHand = can.meaning() == Capabilities.Meaning.ON_HAND;
        records.change(plan.id, kept -> {
            kept.cap = plan.cap;
            kept.onHand = plan.onHand;
            kept.orderLag = can.orderLag().toMillis();
        });
    }

    @Override
    public boolean orders(PlanEntity plan, Set<String> codes, List<PlanOrderEntity> orders) {
        boolean wanted = records.orders().add(plan.id, codes, orders, place.now());
        return progressed(plan, wanted);
    }

    @Override
    public boolean listings(PlanEntity plan, ListingPage page, Border border, boolean again) {
        StoreId store = new StoreId(plan.store);
        List<ForeseenListing> foreseen =
                place.services.ledger().listings().foresee(store, border.listings(page.entries()));
        List<PlanRowEntity> rows = plan.undoes == null
                ? RowMaker.rows(plan, foreseen)
                : undoRows.rows(plan, records.find(plan.undoes).orElseThrow(), foreseen);
        boolean wanted = records.rows().add(plan.id, rows, again, page.entries().size(), place.now());
        return progressed(plan, wanted);
    }

    private boolean progressed(PlanEntity plan, boolean wanted) {
        if (!wanted) {
            making.remove(plan.id);
        }
        place.changed(new StoreId(plan.store));
        return wanted;
    }

    @Override
    public void waiting(PlanEntity plan, Instant until) {
        records.waiting(plan.id, until);
    }

    @Override
    public void note(PlanEntity plan, String words) {
        records.change(plan.id, kept -> kept.words = words);
    }

    @Override
    public void complete(PlanEntity made) {
        PlanEntity plan = records.find(made.id).orElseThrow();
        if (!plan.state.equals(Plan.State.PULLING.name())) {
            making.remove(plan.id);
            return;
        }
        if (plan.kind.equals(Plan.Kind.RELEASE.name())) {
            new HeldOrders(records, place.services.ledger().orders(), place.services.clock())
                    .find(plan, place.lane(new StoreId(plan.store)));
        }
        new PlanFinish(records).finish(plan);
        Carrying.previous(records, plan).ifPresent(old -> new Carrying(records).carry(old, plan));
        var totals = new Totals(records).all(plan);
        records.change(plan.id, kept -> {
            if (kept.state.equals(Plan.State.PULLING.name())) {
                kept.state = Plan.State.READY.name();
                kept.readyAt = place.now();
                kept.totals = PlanJson.totals(totals);
            }
        });
        making.remove(plan.id);
        place.changed(new StoreId(plan.store));
    }

    @Override
    public void failed(PlanEntity plan, String words) {
        making.remove(plan.id);
        ending.end(plan.id, Plan.State.FAILED, words);
        place.changed(new StoreId(plan.store));
    }
}
