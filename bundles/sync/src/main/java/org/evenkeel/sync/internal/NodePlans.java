package org.evenkeel.sync.internal;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.internal.nodes.Requests;

/**
 * The same plans from any node: what needs a store's lane is done here where this node serves the store, and asked of the node
 * that does otherwise. All else is answered from what is kept. Thread-safe.
 */
final class NodePlans implements StorePlans {
    private static final String ACTOR = "actor";
    private static final String PLAN = "plan";

    private final StorePlans local;
    private final Requests requests;

    /** @param local does things with lanes; throws {@link ServedElsewhereException} where another node serves the store */
    NodePlans(StorePlans local, Requests requests) {
        this.local = local;
        this.requests = requests;
        serve("plan-begin", (store, said) -> local.begin(store, Plan.Kind.valueOf(said.get("kind")), said.get(ACTOR)));
        serve("plan-apply", (store, said) -> local.apply(plan(said), said.get(ACTOR)));
        serve("plan-undo", (store, said) -> local.undo(plan(said), said.get(ACTOR)));
    }

    private void serve(String kind, BiFunction<StoreId, Map<String, String>, Long> how) {
        requests.serve(
                kind,
                (store, said) ->
                        CompletableFuture.completedFuture(how.apply(store, said).toString()));
    }

    private static long plan(Map<String, String> said) {
        return Long.parseLong(said.get(PLAN));
    }

    private long anywhere(LongSupplier here, StoreId store, String kind, Map<String, String> said) {
        try {
            return here.getAsLong();
        } catch (ServedElsewhereException | LeaseLostException elsewhere) {
            return Long.parseLong(requests.askAndWait(store, kind, said));
        }
    }

    private StoreId store(long id) {
        return local.plan(id)
                .map(Plan::store)
                .orElseThrow(() -> new NotFoundException("There is no plan " + id + " (any more)."));
    }

    // --- what needs a lane -------------------------------------------------------------------------------------------

    @Override
    public long begin(StoreId store, Plan.Kind kind, String actor) {
        return anywhere(
                () -> local.begin(store, kind, actor), store, "plan-begin", Map.of("kind", kind.name(), ACTOR, actor));
    }

    @Override
    public long apply(long id, String actor) {
        return anywhere(
                () -> local.apply(id, actor), store(id), "plan-apply", Map.of(PLAN, Long.toString(id), ACTOR, actor));
    }

    @Override
    public long undo(long id, String actor) {
        return anywhere(
                () -> local.undo(id, actor), store(id), "plan-undo", Map.of(PLAN, Long.toString(id), ACTOR, actor));
    }

    // --- what any node knows -----------------------------------------------------------------------------------------

    @Override
    public Optional<Plan> plan(long id) {
        return local.plan(id);
    }

    @Override
    public Page<Plan> plans(StoreId store, PageRequest page) {
        return local.plans(store, page);
    }

    @Override
    public Page<PlanRow> rows(long id, PlanQuery query) {
        return local.rows(id, query);
    }

    @Override
    public Page<PlanOrder> orders(long id, PlanOrder.Kind kind, PageRequest page) {
        return local.orders(id, kind, page);
    }

    @Override
    public void export(long id, PlanQuery query, Appendable to) throws IOException {
        local.export(id, query, to);
    }

    @Override
    public Plan choose(long id, PlanChoices choices, String actor) {
        return local.choose(id, choices, actor);
    }

    @Override
    public Plan chooseAll(long id, PlanQuery query, PlanChoices.Sku choice, String actor) {
        return local.chooseAll(id, query, choice, actor);
    }

    @Override
    public void discard(long id, String actor) {
        local.discard(id, actor);
    }
}
