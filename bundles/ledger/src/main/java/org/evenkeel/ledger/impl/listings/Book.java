package org.evenkeel.ledger.impl.listings;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.ForeseenListing;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.OpeningChoices;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PlannedOpening;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Core;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.journal.Movements;

/** The book of listings: gives each call its transaction, and hands it to who knows. */
final class Book implements ListingBook {
    private final LedgerTransactions transactions;
    private final Rows rows;
    private final Foresight foresight;
    private final PlannedOpenings planned;
    private final Pulls pulls;
    private final Readings readings;
    private final Openings openings;
    private final DueFigures dueFigures;
    private final Pushes pushes;
    private final Drift drift;
    private final ListingViews views;

    Book(Core core, Rows rows, WantedFigures wanted) {
        CounterOwners owners = new CounterOwners(rows);
        this.transactions = core.transactions();
        this.rows = rows;
        this.foresight = new Foresight(rows, core.products(), core.storeLocations());
        this.planned = new PlannedOpenings(transactions, core.poster());
        this.readings = new Readings(rows, owners);
        this.pulls = new Pulls(rows, new Linking(rows, core.products(), core.inbox()), owners, readings);
        this.openings = new Openings(transactions, rows, core.poster(), core.products(), core.storeLocations());
        this.dueFigures = new DueFigures(transactions, rows, wanted);
        this.pushes = new Pushes(rows);
        this.drift = new Drift(rows, core.poster(), core.storeLocations());
        this.views = new ListingViews(rows, wanted);
    }

    @Override
    public void record(StoreId store, String pull, Instant readAt, List<SeenListing> seen) {
        run(tx -> pulls.record(tx, store.value(), pull, Times.micros(readAt), seen));
    }

    @Override
    public PullEnd endPull(StoreId store, String pull, int guardShare) {
        return transactions.run(tx -> pulls.end(tx, store.value(), pull, guardShare));
    }

    @Override
    public void read(StoreId store, Instant readAt, List<Reading> read) {
        run(tx -> readings.of(tx, store.value(), Times.micros(readAt), read));
    }

    @Override
    public List<ForeseenListing> foresee(StoreId store, List<SeenListing> seen) {
        return transactions.run(tx -> foresight.of(tx, store.value(), seen));
    }

    @Override
    public long ruleVersion(StoreId store) {
        return transactions.run(tx -> {
            rows.store(tx, store.value());
            return rows.ruleVersions(tx, store.value()).last();
        });
    }

    @Override
    public Opening open(StoreId store, Set<ProductId> products, String actor) {
        return products.isEmpty()
                ? open(store, OpeningChoices.ADOPT_ALL, actor)
                : openings.open(store.value(), ids(products), actor);
    }

    @Override
    public Opening open(StoreId store, OpeningChoices choices, Instant steadyBy, String actor) {
        return openings.open(store.value(), choices, steadyBy, actor);
    }

    @Override
    public List<PlannedOpening> openings(String plan, Set<ProductId> products) {
        return planned.openings(plan, ids(products));
    }

    @Override
    public Set<ProductId> takeBack(String plan, Set<ProductId> products, String actor) {
        return planned.takeBack(plan, ids(products), actor);
    }

    @Override
    public Map<ProductId, Long> sold(StoreId store, Set<ProductId> products, Instant since) {
        return planned.sold(store.value(), ids(products), Times.micros(since));
    }

    private static Set<Long> ids(Set<ProductId> products) {
        return products.stream().map(ProductId::value).collect(Collectors.toSet());
    }

    @Override
    public List<DueFigure> due(StoreId store, Instant now, int limit) {
        return dueFigures.due(store, now, limit);
    }

    @Override
    public DueCount dueCount(StoreId store, Instant now) {
        return dueFigures.count(store, now);
    }

    @Override
    public List<DueFigure> recheck(StoreId store, Set<Long> figures) {
        return dueFigures.recheck(store, figures);
    }

    @Override
    public void sending(PushRecord batch) {
        run(tx -> pushes.sending(tx, batch));
    }

    @Override
    public void sent(StoreId store, String key, List<PushRecord.Outcome> outcomes, Instant at) {
        run(tx -> pushes.sent(tx, store.value(), key, outcomes, Times.micros(at)));
    }

    @Override
    public void acknowledge(StoreId store, List<PushRecord.Item> level) {
        run(tx -> pushes.acknowledge(tx, store.value(), level));
    }

    @Override
    public List<DueFigure> unsettled(StoreId store, int limit) {
        return dueFigures.unsettled(store, limit);
    }

    @Override
    public List<AcceptedPush> accepted(StoreId store, int limit) {
        return transactions.read(tx -> pushes.accepted(tx, store.value(), limit));
    }

    @Override
    public void retry(StoreId store, Set<Long> figures, String actor) {
        run(tx -> pushes.retry(tx, store.value(), figures, actor));
    }

    @Override
    public List<FigureGap> gaps(StoreId store, long afterFigure, int limit) {
        return transactions.read(tx -> drift.gaps(tx, store.value(), afterFigure, limit));
    }

    @Override
    public List<FigureGap> figures(StoreId store, Set<String> counters) {
        return transactions.read(tx -> rows.gaps(
                tx,
                store.value(),
                rows.figures(tx, store.value(), counters).stream()
                        .filter(figure -> figure.active)
                        .toList()));
    }

    @Override
    public void confirmGaps(StoreId store, List<FigureGap> gaps) {
        run(tx -> drift.confirm(tx, store.value(), gaps));
    }

    @Override
    public void believe(StoreId store, List<Reading> decided, String reason) {
        run(tx -> drift.believe(tx, store.value(), decided, reason));
    }

    @Override
    public Set<Long> believeGaps(StoreId store, List<FigureGap> decided, String reason) {
        return transactions.run(tx -> drift.believeGaps(tx, store.value(), decided, reason));
    }

    @Override
    public Posting adopt(StoreId store, long figure, String actor) {
        return new Posting(
                Movements.posted(transactions.run(tx -> drift.adopt(tx, store.value(), figure, actor))), false);
    }

    @Override
    public Page<ListingView> listings(ListingQuery query) {
        return transactions.read(tx -> views.page(tx, query));
    }

    @Override
    public Optional<ListingView> listing(ListingKey key) {
        return transactions.read(tx -> views.one(tx, key));
    }

    private void run(Consumer<Tx> work) {
        transactions.run(tx -> {
            work.accept(tx);
            return null;
        });
    }
}
