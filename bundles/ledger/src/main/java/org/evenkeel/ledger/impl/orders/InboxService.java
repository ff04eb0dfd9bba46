package org.evenkeel.ledger.impl.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.UnmatchedLine;
import org.evenkeel.ledger.impl.Texts;
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
import org.hibernate.query.SelectionQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books order lines that waited for their product. Stateless. */
final class InboxService implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(InboxService.class);

    /** So many orders are booked at once by a sweep; the rest by the next one. */
    private static final int MOST_SWEPT = 200;

    /**
     * Lines that wait, by a range with two ends: for a mere {@code is not null} Derby walks through the lines of all orders there
     * ever were.
     */
    private static final String WAITS = "l.waitingSince between :first and :last";

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

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
        bookFound(tx, rows.lock(tx, orders));
    }

    /**
     * Books lines of a store that wait though their product is there: those whose order and product came in the same moment, in
     * two transactions of which neither saw the other.
     */
    void sweep(Tx tx, String store) {
        if (!anyWaits(tx)) {
            return;
        }
        List<Long> orders = waiting(
                        tx,
                        "select distinct l.order from OrderLine l join StoreOrder o on o.id = l.order"
                                + " join Product p on p.folded = l.folded where " + WAITS + " and o.store = :store",
                        Long.class)
                .setParameter("store", store)
                .setMaxResults(MOST_SWEPT)
                .getResultList();
        bookFound(tx, rows.lock(tx, orders));
    }

    private static boolean anyWaits(Tx tx) {
        return !waiting(tx, "select l.id from OrderLine l where " + WAITS, Long.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    private static <T> SelectionQuery<T> waiting(Tx tx, String query, Class<T> type) {
        return tx.session()
                .createSelectionQuery(query, type)
                .setParameter("first", FIRST)
                .setParameter("last", LAST);
    }

    /** Books those lines of orders that wait, whose product is there, and about which nobody needs to be asked. */
    private void bookFound(Tx tx, List<OrderWork> orders) {
        Map<Sku, Products.Match> owners = products.find(
                tx,
                orders.stream()
                        .flatMap(order -> order.lines.values().stream())
                        .filter(InboxService::waits)
                        .map(InboxService::sku)
                        .collect(Collectors.toSet()));
        Counted counted = Counted.of(
                tx, owners.values().stream().map(Products.Match::productId).collect(Collectors.toSet()));
        Map<OrderWork, List<LineWork>> found = new LinkedHashMap<>();
        for (OrderWork order : orders) {
            List<LineWork> lines = order.lines.values().stream()
                    .filter(InboxService::waits)
                    .filter(line -> isSettled(order, line, owners.get(sku(line)), counted))
                    .toList();
            if (!lines.isEmpty()) {
                lines.forEach(line -> line.row.product = owners.get(sku(line)).productId());
                found.put(order, lines);
            }
        }
        book(tx, found, Postings::actor, InboxService::leave);
    }

    private static boolean waits(LineWork line) {
        return line.row.waitingSince != null;
    }

    private static Sku sku(LineWork line) {
        return new Sku(line.row.sku);
    }

    private static boolean isSettled(OrderWork order, LineWork line, Products.Match owner, Counted counted) {
        return owner != null && !counted.sawThemGone(owner.productId(), line.row, order.order.placedAt);
    }

    /** An order that cannot be counted must not keep a product from appearing. */
    private static void leave(OrderWork order, RuntimeException problem) {
        LOG.warn(
                "Lines of order {} of store {} go on waiting, though their product is there: {}",
                order.order.code,
                order.order.store,
                problem.getMessage());
    }

    // --- a person decides --------------------------------------------------------------------------------------------

    /** Maps a line and books it. */
    void map(Tx tx, OrderKey key, String code, ProductId product, String actor) {
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
        line.row.product = product.value();
        book(tx, Map.of(order, List.of(line)), store -> Texts.readable(actor, 255), (work, problem) -> {
            throw problem;
        });
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

    /** Books lines whose product is set, order by order; all levels are locked before any is looked at. */
    private void book(
            Tx tx,
            Map<OrderWork, List<LineWork>> found,
            UnaryOperator<String> actor,
            BiConsumer<OrderWork, RuntimeException> problems) {
        if (found.isEmpty()) {
            return;
        }
        Map<String, StoreEntity> stores = new HashMap<>();
        Map<String, Places> places = new HashMap<>();
        Set<LevelKey> keys = new TreeSet<>();
        found.keySet().forEach(order -> {
            String store = order.order.store;
            stores.computeIfAbsent(store, id -> tx.session().get(StoreEntity.class, id));
            keys.addAll(PageApplier.keys(
                    List.of(order), places.computeIfAbsent(store, id -> Places.of(tx, storeLocations, id))));
        });
        Set<Long> opened =
                products.openedOf(tx, keys.stream().map(LevelKey::product).collect(Collectors.toSet()));
        Sheet page = new Sheet(poster.lock(tx, keys));
        List<OrderWork> booked = new ArrayList<>();
        List<PostingLine> posting = new ArrayList<>();
        found.forEach((order, lines) -> {
            StoreEntity store = stores.get(order.order.store);
            OrderPlanner planner = new OrderPlanner(
                    places.get(store.id),
                    store,
                    OrderPage.Counted.NONE,
                    tx.now(),
                    opened::contains,
                    actor.apply(store.id));
            Sheet sheet = page.onTop();
            try {
                lines.forEach(line -> Matcher.matched(line.row, line.row.product));
                planner.planMatched(order, lines, sheet).forEach(line -> posting.add(line.ofOrder(order.order.id)));
                sheet.accept();
                booked.add(order);
            } catch (InvalidInputException | ArithmeticException e) {
                problems.accept(order, e);
            }
        });
        rows.write(tx, booked);
        poster.post(tx, posting);
        if (!booked.isEmpty()) {
            tx.changes().kinds(Change.Kind.ORDERS);
        }
    }

    // --- what waits --------------------------------------------------------------------------------------------------

    Page<UnmatchedLine> page(Tx tx, PageRequest page) {
        List<Object[]> found = waiting(
                        tx,
                        "select l, o from OrderLine l join StoreOrder o on o.id = l.order where " + WAITS
                                + " order by l.waitingSince, l.id",
                        Object[].class)
                .setFirstResult(page.offset())
                .setMaxResults(page.limit())
                .getResultList();
        long total = waiting(tx, "select count(*) from OrderLine l where " + WAITS, Long.class)
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
