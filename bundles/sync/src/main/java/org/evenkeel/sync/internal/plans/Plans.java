package org.evenkeel.sync.internal.plans;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneServices;

/** What people can ask of plans: each is done by a class of its own. Thread-safe. */
public final class Plans implements StorePlans {
    private final PlanPlace place;
    private final PlanEnding ending;
    private final PlanMaking making;
    private final PlanApplying applying;
    private final PlanLooks looks;
    private final Choosing choosing;

    /**
     * @param lanes the lane of a store, where this host serves it
     * @param configuration names the present configuration of a store's connector, so that another one is known as such
     * @param changed told of a store whose plans changed
     * @param audit where it is written who did what; empty while there is no such log
     */
    public Plans(
            LaneServices services,
            PlanRecords records,
            Function<StoreId, Optional<Lane>> lanes,
            Function<StoreId, String> configuration,
            Consumer<StoreId> changed,
            Supplier<Optional<AuditLog>> audit,
            PlanSettings settings) {
        place = new PlanPlace(services, lanes, changed, audit);
        PlanBasis basis = new PlanBasis(place, configuration, settings.mostAge());
        ending = new PlanEnding(place, records, settings.kept());
        PlanMaker maker = new PlanMaker(place, records, ending);
        making = new PlanMaking(place, records, basis, ending, maker);
        applying = new PlanApplying(place, records);
        looks = new PlanLooks(records, basis, maker, applying);
        choosing = new Choosing(records);
    }

    @Override
    public long begin(StoreId store, Plan.Kind kind, String actor) {
        return making.begin(store, kind, actor);
    }

    // --- looking -----------------------------------------------------------------------------------------------------

    @Override
    public Optional<Plan> plan(long id) {
        return looks.plan(id);
    }

    @Override
    public Page<Plan> plans(StoreId store, PageRequest page) {
        if (store != null) {
            place.present(store);
        }
        return looks.plans(store, page);
    }

    @Override
    public Page<PlanRow> rows(long id, PlanQuery query) {
        return looks.rows(id, query);
    }

    @Override
    public Page<PlanOrder> orders(long id, PlanOrder.Kind kind, PageRequest page) {
        return looks.orders(id, kind, page);
    }

    @Override
    public void export(long id, PlanQuery query, Appendable to) throws IOException {
        looks.export(id, query, to);
    }

    // --- changing ----------------------------------------------------------------------------------------------------

    @Override
    public Plan choose(long id, PlanChoices choices, String actor) {
        return chosen(id, plan -> choosing.choose(plan, choices));
    }

    @Override
    public Plan chooseAll(long id, PlanQuery query, PlanChoices.Sku choice, String actor) {
        return chosen(id, plan -> choosing.chooseAll(plan, query, choice));
    }

    private Plan chosen(long id, Consumer<PlanEntity> choice) {
        StoreId store = store(id);
        synchronized (place.lock(store)) {
            PlanEntity plan = looks.existing(id);
            Choosing.requireReady(plan);
            choice.accept(plan);
        }
        place.changed(store);
        return plan(id).orElseThrow();
    }

    @Override
    public long apply(long id, String actor) {
        synchronized (place.lock(store(id))) {
            PlanEntity plan = looks.existing(id);
            return plan.state.equals(Plan.State.APPLIED.name())
                    ? plan.run
                    : applying.apply(plan, looks.view(plan), actor);
        }
    }

    @Override
    public void discard(long id, String actor) {
        synchronized (place.lock(store(id))) {
            ending.discard(looks.existing(id), actor);
        }
    }

    @Override
    public long undo(long id, String actor) {
        return making.undo(looks.existing(id), actor);
    }

    private StoreId store(long plan) {
        return new StoreId(looks.existing(plan).store);
    }
}
