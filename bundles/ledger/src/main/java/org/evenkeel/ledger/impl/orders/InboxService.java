package org.evenkeel.ledger.impl.orders;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.UnmatchedLine;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.model.OrderEntity;
import org.evenkeel.ledger.impl.model.OrderLineEntity;
import org.evenkeel.ledger.impl.model.ProductEntity;
import org.evenkeel.ledger.impl.orders.OrderWork.LineWork;
import org.evenkeel.ledger.impl.posting.LevelKey;
import org.evenkeel.ledger.impl.posting.Poster;
import org.evenkeel.ledger.impl.posting.PostingLine;
import org.evenkeel.ledger.impl.registry.StoreEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books order lines that waited for their product. Stateless. */
final class InboxService implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(InboxService.class);

    private final OrderRows rows;
    private final Products products;
    private final StoreLocations storeLocations;
    private final Poster poster;

    InboxService(OrderRows rows, Products products, StoreLocations storeLocations, Poster poster) {
        this.rows = rows;
        this.products = products;
        this.storeLocations = storeLocations;
        this.poster = poster;
    }

    // --- a product appears -------------------------------------------------------------------------------------------

    @Override
    public void productAppeared(Tx tx, long product, Sku sku) {
        List<Long> orders = tx.session()
                .createSelectionQuery(
                        "select distinct l.order from OrderLine l where l.folded = :folded and l.waitingSince is not null",
                        Long.class)
                .setParameter("folded", sku.folded())
                .getResultList();
        for (OrderWork order : rows.lock(tx, orders)) {
            List<LineWork> waiting = order.lines.values().stream()
                    .filter(line ->
                            line.row.waitingSince != null && sku.folded().equals(line.row.folded))
                    .toList();
            Map<Sku, Products.Match> owners = products.find(
                    tx, waiting.stream().map(line -> new Sku(line.row.sku)).collect(Collectors.toSet()));
            Counted counted = Counted.of(tx, List.of(product));
            List<LineWork> found = waiting.stream()
                    .filter(line -> owns(owners, line, product)
                            && !counted.sawThemGone(product, line.row, order.order.placedAt))
                    .toList();
            bookOrLeave(tx, order, found, product);
        }
    }

    private static boolean owns(Map<Sku, Products.Match> owners, LineWork line, long product) {
        Products.Match owner = owners.get(new Sku(line.row.sku));
        return owner != null && owner.productId() == product;
    }

    /** A line that cannot be counted must not keep its product from appearing. */
    private void bookOrLeave(Tx tx, OrderWork order, List<LineWork> lines, long product) {
        if (lines.isEmpty()) {
            return;
        }
        try {
            book(tx, order, lines, product);
        } catch (InvalidInputException | ArithmeticException e) {
            LOG.warn(
                    "Lines of order {} of store {} go on waiting, though their product appeared: {}",
                    order.order.code,
                    order.order.store,
                    e.getMessage());
        }
    }

    // --- a person decides --------------------------------------------------------------------------------------------

    /** Maps a line and books it. */
    void map(Tx tx, OrderKey key, String code, ProductId product) {
        OrderWork order = locked(tx, key);
        LineWork line = order.lines.get(code);
        if (line == null) {
            throw new NotFoundException(
                    "Order " + key.id() + " of store " + key.store() + " has no line " + code + ".");
        }
        if (!Match.UNMATCHED.name().equals(line.row.match)) {
            throw new ConflictException(
                    ConflictException.Reason.STATE,
                    "What line " + code + " of order " + key.id() + " is was decided already, and stays so.");
        }
        if (tx.session().get(ProductEntity.class, product.value()) == null) {
            throw new NotFoundException("There is no product " + product + ".");
        }
        // Where the store does not tell when units left, its last word on the order is the latest that it can have
        // been.
        if (Counted.of(tx, List.of(product.value())).sawThemGone(product.value(), line.row, order.order.updatedAt)) {
            Lines.base(line.row, Lines.counts(line.row).sane());
        }
        book(tx, order, List.of(line), product.value());
    }

    private OrderWork locked(Tx tx, OrderKey key) {
        List<Long> ids = tx.session()
                .createSelectionQuery(
                        "select o.id from StoreOrder o where o.store = :store and o.code = :code", Long.class)
                .setParameter("store", key.store().value())
                .setParameter("code", key.id())
                .getResultList();
        return rows.lock(tx, ids).stream()
                .findFirst()
                .orElseThrow(() -> new NotFoundException("Store " + key.store() + " has no order " + key.id() + "."));
    }

    // --- booking -----------------------------------------------------------------------------------------------------

    private void book(Tx tx, OrderWork order, List<LineWork> lines, long product) {
        StoreEntity store = tx.session().get(StoreEntity.class, order.order.store);
        Places places = Places.of(tx, storeLocations, store.id);
        lines.forEach(line -> Matcher.matched(line.row, product));
        Set<LevelKey> keys = PageApplier.keys(List.of(order), places);
        Set<Long> opened = products.openedOf(tx, List.of(product));
        OrderPlanner planner =
                new OrderPlanner(places, store.firstTurnedOnAt, store.takeOpenOrders, tx.now(), opened::contains);
        Sheet sheet = new Sheet(poster.lock(tx, keys)).onTop();
        List<PostingLine> posting = planner.planMatched(order, lines, sheet);
        rows.write(tx, List.of(order));
        poster.post(
                tx, posting.stream().map(line -> line.ofOrder(order.order.id)).toList());
        tx.changes().kinds(Change.Kind.ORDERS);
    }

    // --- what waits --------------------------------------------------------------------------------------------------

    Page<UnmatchedLine> page(Tx tx, PageRequest page) {
        List<Object[]> found = tx.session()
                .createSelectionQuery(
                        "select l, o from OrderLine l join StoreOrder o on o.id = l.order"
                                + " where l.waitingSince is not null order by l.waitingSince, l.id",
                        Object[].class)
                .setFirstResult(page.offset())
                .setMaxResults(page.limit())
                .getResultList();
        long total = tx.session()
                .createSelectionQuery("select count(*) from OrderLine l where l.waitingSince is not null", Long.class)
                .getSingleResult();
        Set<Sku> skus = found.stream()
                .map(row -> new Sku(((OrderLineEntity) row[0]).sku))
                .collect(Collectors.toSet());
        Map<Sku, Products.Match> owners = products.find(tx, skus);
        return new Page<>(
                found.stream()
                        .map(row -> view((OrderLineEntity) row[0], (OrderEntity) row[1], owners))
                        .toList(),
                total,
                page);
    }

    private static UnmatchedLine view(OrderLineEntity line, OrderEntity order, Map<Sku, Products.Match> owners) {
        Products.Match owner = owners.get(new Sku(line.sku));
        return new UnmatchedLine(
                new OrderKey(new StoreId(order.store), order.code),
                line.code,
                line.sku,
                line.title,
                Lines.counts(line),
                line.waitingSince,
                owner == null ? null : new ProductId(owner.productId()));
    }
}
