package org.evenkeel.ledger.impl.orders;

import java.util.List;
import java.util.Optional;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderQuery;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ParkedOrder;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.UnmatchedLine;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.posting.Poster;

/** The orders: transactions around what the classes beside it do. Thread-safe. */
public final class OrderBookService implements OrderBook {
    private final LedgerTransactions transactions;
    private final PageApplier applier;
    private final InboxService inbox;
    private final OrderViews views;
    private final Parking parking = new Parking();

    public OrderBookService(
            LedgerTransactions transactions,
            Products products,
            StoreLocations storeLocations,
            Poster poster,
            ListingLookup listings,
            StoreEffects effects) {
        OrderRows rows = new OrderRows(transactions.vendor());
        this.transactions = transactions;
        this.applier =
                new PageApplier(rows, new Matcher(listings, products), products, storeLocations, poster, effects);
        this.inbox = new InboxService(rows, products, storeLocations, poster);
        this.views = new OrderViews(rows);
    }

    /** Where lines wait for their product. */
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public ApplyResult apply(OrderPage page) {
        ApplyResult result = transactions.run(tx -> applier.apply(tx, page));
        transactions.run(tx -> {
            inbox.sweep(tx, page.store().value());
            return null;
        });
        return result;
    }

    @Override
    public Optional<OrderView> order(OrderKey key) {
        return transactions.read(tx -> views.order(tx, key));
    }

    @Override
    public Page<OrderView> orders(OrderQuery query) {
        return transactions.read(tx -> views.orders(tx, query));
    }

    @Override
    public List<String> openOrders(StoreId store, int limit) {
        return transactions.read(tx -> tx.session()
                .createSelectionQuery(
                        "select o.code from StoreOrder o where o.store = :store and o.state = :open"
                                + " order by o.readAt, o.id",
                        String.class)
                .setParameter("store", store.value())
                .setParameter("open", OrderView.State.OPEN.name())
                .setMaxResults(limit)
                .getResultList());
    }

    @Override
    public Page<UnmatchedLine> unmatched(PageRequest page) {
        return transactions.read(tx -> inbox.page(tx, page));
    }

    @Override
    public OrderView map(OrderKey order, String line, ProductId product, String actor) {
        return transactions.run(tx -> {
            inbox.map(tx, order, line, product, actor);
            return views.order(tx, order).orElseThrow();
        });
    }

    @Override
    public Page<ParkedOrder> parked(PageRequest page) {
        return transactions.read(tx -> parking.page(tx, page));
    }

    @Override
    public void dismissParked(OrderKey order, String actor) {
        transactions.run(tx -> {
            parking.dismiss(tx, order);
            tx.changes().kinds(Change.Kind.ORDERS);
            return null;
        });
    }
}
