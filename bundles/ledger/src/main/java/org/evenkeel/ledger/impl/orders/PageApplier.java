package org.evenkeel.ledger.impl.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.OrderToPark;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.model.OrderEntity;
import org.evenkeel.ledger.impl.model.OrderLineEntity;
import org.evenkeel.ledger.impl.orders.OrderWork.LineWork;
import org.evenkeel.ledger.impl.orders.StoreEffects.Effect;
import org.evenkeel.ledger.impl.posting.LevelKey;
import org.evenkeel.ledger.impl.posting.Poster;
import org.evenkeel.ledger.impl.posting.PostingLine;
import org.evenkeel.ledger.impl.registry.StoreEntity;
import org.hibernate.LockMode;

/**
 * Applies a page of orders within one transaction: sorts out what is news, decides what the lines are, locks the levels, plans
 * each order on a sheet of its own, and then writes everything with the cursor. The number of statements does not depend on the
 * number of orders. Stateless.
 */
final class PageApplier {
    private static final int LONGEST_CURSOR = 16_000;

    private final OrderRows rows;
    private final Matcher matcher;
    private final Products products;
    private final StoreLocations storeLocations;
    private final Poster poster;
    private final StoreEffects effects;
    private final Parking parking = new Parking();

    PageApplier(
            OrderRows rows,
            Matcher matcher,
            Products products,
            StoreLocations storeLocations,
            Poster poster,
            StoreEffects effects) {
        this.rows = rows;
        this.matcher = matcher;
        this.products = products;
        this.storeLocations = storeLocations;
        this.poster = poster;
        this.effects = effects;
    }

    /** What is done with a page, as it is found out. */
    private static final class Sorted {
        /** What is to be applied, by the store's id. */
        final Map<String, Incoming> news = new LinkedHashMap<>();

        final List<Parking.Problem> problems = new ArrayList<>();
        final Set<String> reread = new TreeSet<>();
        /** Everything that was looked at and can be known. */
        final Set<String> codes = new HashSet<>();
    }

    ApplyResult apply(Tx tx, OrderPage page) {
        StoreEntity store = store(tx, page);
        Sorted sorted = new Sorted();
        newestOfEach(page, sorted);
        Map<String, OrderEntity> known = rows.lock(tx, store.id, sorted.codes);
        keepNews(page, sorted, known);
        List<OrderWork> work = work(tx, store, sorted, known);
        Outcome outcome = plan(tx, store, page, sorted, work);
        write(tx, store, page, sorted, outcome);
        return new ApplyResult(
                page.entries().size(),
                outcome.changed,
                (int) sorted.problems.stream()
                        .map(Parking.Problem::code)
                        .distinct()
                        .count(),
                List.copyOf(sorted.reread),
                outcome.lines.stream()
                        .map(line -> new ProductId(line.key().product()))
                        .collect(Collectors.toSet()),
                outcome.linesByOrder.entrySet().stream()
                        .filter(order -> order.getKey().fresh)
                        .map(order -> sale(order.getKey(), order.getValue()))
                        .filter(sale -> !sale.products().isEmpty())
                        .toList());
    }

    private static ApplyResult.Sale sale(OrderWork order, List<PostingLine> lines) {
        return new ApplyResult.Sale(
                order.order.placedAt,
                lines.stream()
                        .filter(line -> line.inStock() < line.booked())
                        .map(line -> new ProductId(line.key().product()))
                        .collect(Collectors.toSet()));
    }

    /** The store's row is locked first, so that two pages of a store come one after the other. */
    private static StoreEntity store(Tx tx, OrderPage page) {
        StoreEntity store = tx.session().get(StoreEntity.class, page.store().value(), LockMode.PESSIMISTIC_WRITE);
        if (store == null) {
            throw new NotFoundException("There is no store " + page.store() + ".");
        }
        if (store.firstTurnedOnAt == null) {
            throw new ConflictException(
                    ConflictException.Reason.STATE,
                    "Synchronizing of store " + page.store() + " was never turned on, so its orders are not booked.");
        }
        if (page.cursor() != null && page.cursor().length() > LONGEST_CURSOR) {
            throw new InvalidInputException(
                    "cursor",
                    "A cursor has up to " + LONGEST_CURSOR + " characters, not "
                            + page.cursor().length() + ".");
        }
        return store;
    }

    // --- what is news ------------------------------------------------------------------------------------------------

    /** Of several snapshots of one order in a page, the newest counts; two that are equally new but differ are read again. */
    private static void newestOfEach(OrderPage page, Sorted sorted) {
        for (OrderEntry entry : page.entries()) {
            if (Texts.isStorable(entry.id())) {
                sorted.codes.add(entry.id());
            }
            if (entry instanceof OrderToPark unreadable) {
                sorted.problems.add(new Parking.Problem(unreadable.id(), unreadable.reason(), unreadable.content()));
            } else if (entry instanceof OrderSnapshot snapshot) {
                Incoming incoming = Incoming.of(snapshot);
                Incoming other = sorted.news.get(entry.id());
                int newer = other == null ? 1 : incoming.comparedTo(other);
                if (newer == 0 && !incoming.hash().equals(other.hash())) {
                    sorted.reread.add(entry.id());
                }
                if (newer > 0) {
                    sorted.news.put(entry.id(), incoming);
                    sorted.reread.remove(entry.id());
                }
            }
        }
        sorted.reread.forEach(sorted.news::remove);
    }

    private static void keepNews(OrderPage page, Sorted sorted, Map<String, OrderEntity> known) {
        sorted.news.entrySet().removeIf(entry -> {
            Incoming incoming = entry.getValue();
            OrderEntity kept = known.get(entry.getKey());
            if (kept != null && !isNews(page, sorted, incoming, kept)) {
                return true;
            }
            if (!incoming.sane()) {
                sorted.problems.add(new Parking.Problem(
                        entry.getKey(), incoming.problem(), Incoming.redacted(incoming.snapshot())));
                return true;
            }
            return false;
        });
    }

    private static boolean isNews(OrderPage page, Sorted sorted, Incoming incoming, OrderEntity kept) {
        int newer = incoming.comparedTo(kept);
        boolean same = incoming.hash().equals(kept.contentHash);
        if (page.reread() && incoming.snapshot().deleted()) {
            // Asked for by its id, the store has it no more: no version of it can be newer than that.
            return !kept.deleted;
        }
        if (newer == 0 && !same && !page.reread()) {
            sorted.reread.add(incoming.snapshot().id());
            return false;
        }
        return newer > 0 || newer == 0 && !same;
    }

    // --- orders and lines under work ---------------------------------------------------------------------------------

    private List<OrderWork> work(Tx tx, StoreEntity store, Sorted sorted, Map<String, OrderEntity> known) {
        Map<String, OrderWork> work = new LinkedHashMap<>();
        sorted.news.values().stream()
                // Who came first is served first, whatever the order in which the store lists them.
                .sorted(Comparator.comparing(
                                (Incoming incoming) -> incoming.snapshot().placedAt())
                        .thenComparing(incoming -> incoming.snapshot().id()))
                .forEach(incoming -> {
                    OrderEntity kept = known.get(incoming.snapshot().id());
                    work.put(
                            incoming.snapshot().id(),
                            kept == null
                                    ? new OrderWork(fresh(tx, store, incoming.snapshot()), true)
                                    : new OrderWork(kept, false));
                });
        rows.load(tx, work.values());
        claim(tx, store, sorted, work.values());
        return List.copyOf(work.values());
    }

    private static OrderEntity fresh(Tx tx, StoreEntity store, OrderSnapshot snapshot) {
        OrderEntity order = new OrderEntity();
        order.store = store.id;
        order.code = snapshot.id();
        order.firstSeenAt = tx.now();
        order.readAt = tx.now();
        return order;
    }

    /**
     * Decides, once, which of two orders books that are one: the shop's own, and its mirror in another connected store. Whichever
     * comes first claims the order; the claim is unique, so that of two that come at once one runs again and is linked.
     */
    private void claim(Tx tx, StoreEntity store, Sorted sorted, Collection<OrderWork> work) {
        Map<OrderWork, String> claims = new LinkedHashMap<>();
        Set<String> connected = connected(tx, sorted);
        for (OrderWork fresh : work.stream().filter(order -> order.fresh).toList()) {
            var origin = sorted.news.get(fresh.order.code).snapshot().origin();
            boolean mirrors =
                    origin != null && connected.contains(origin.store().value());
            claims.put(fresh, mirrors ? origin.store() + "/" + origin.id() : store.id + "/" + fresh.order.code);
        }
        Map<String, OrderEntity> owners = rows.claimed(tx, new HashSet<>(claims.values()));
        claims.forEach((fresh, claim) -> {
            OrderEntity owner = owners.get(claim);
            if (owner == null) {
                fresh.order.claim = claim;
                owners.put(claim, fresh.order);
            } else if (owner.id == null) {
                fresh.owner = owner;
            } else {
                fresh.order.linkedTo = owner.id;
            }
        });
    }

    private static Set<String> connected(Tx tx, Sorted sorted) {
        Set<String> named = sorted.news.values().stream()
                .map(incoming -> incoming.snapshot().origin())
                .filter(origin -> origin != null)
                .map(origin -> origin.store().value())
                .collect(Collectors.toSet());
        if (named.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(tx.session()
                .createSelectionQuery(
                        "select s.id from Store s where s.id in (:ids) and s.removedAt is null"
                                + " and s.firstTurnedOnAt is not null",
                        String.class)
                .setParameterList("ids", named)
                .getResultList());
    }

    // --- planning ----------------------------------------------------------------------------------------------------

    /** What the orders that can be applied do. */
    private static final class Outcome {
        final List<OrderWork> applied = new ArrayList<>();
        /** By order, since a fresh one has no id yet. */
        final Map<OrderWork, List<PostingLine>> linesByOrder = new LinkedHashMap<>();

        final List<PostingLine> lines = new ArrayList<>();
        final List<Effect> effects = new ArrayList<>();
        int changed;
    }

    private Outcome plan(Tx tx, StoreEntity store, OrderPage page, Sorted sorted, List<OrderWork> work) {
        Outcome outcome = new Outcome();
        if (work.isEmpty()) {
            return outcome;
        }
        Places places = Places.of(tx, storeLocations, store.id);
        Set<Long> opened = new HashSet<>();
        OrderPlanner planner =
                new OrderPlanner(places, store, page.counted(), tx.now(), opened::contains, Postings.actor(store.id));
        work.forEach(order -> {
            Incoming incoming = sorted.news.get(order.order.code);
            planner.take(order, incoming.snapshot(), incoming.hash());
        });
        match(tx, store, sorted, work);
        Set<LevelKey> keys = keys(work, places);
        opened.addAll(products.openedOf(tx, keys.stream().map(LevelKey::product).collect(Collectors.toSet())));
        Sheet all = new Sheet(poster.lock(tx, keys));
        for (OrderWork order : work) {
            plan(order, sorted, planner, all, outcome);
        }
        return outcome;
    }

    /** One order that cannot be applied is parked; the page goes on. */
    private static void plan(OrderWork order, Sorted sorted, OrderPlanner planner, Sheet page, Outcome outcome) {
        OrderSnapshot snapshot = sorted.news.get(order.order.code).snapshot();
        Sheet sheet = page.onTop();
        try {
            OrderPlanner.Plan plan = planner.plan(order, snapshot, sheet);
            sheet.accept();
            outcome.applied.add(order);
            outcome.linesByOrder.put(order, plan.lines());
            outcome.effects.addAll(plan.effects());
            outcome.changed += plan.lines().isEmpty() ? 0 : 1;
        } catch (InvalidInputException | ArithmeticException e) {
            sorted.problems.add(new Parking.Problem(
                    snapshot.id(),
                    "The ledger cannot count this order: " + e.getMessage(),
                    Incoming.redacted(snapshot)));
        }
    }

    private void match(Tx tx, StoreEntity store, Sorted sorted, List<OrderWork> work) {
        List<LineWork> lines =
                work.stream().flatMap(order -> order.lines.values().stream()).toList();
        List<OrderLineEntity> waiting = lines.stream()
                .filter(line -> !line.fresh && Match.UNMATCHED.name().equals(line.row.match))
                .map(line -> line.row)
                .toList();
        matcher.decide(tx, store.id, lines.stream().map(line -> line.row).toList());
        askWhereCounted(tx, sorted, work, waiting);
    }

    /**
     * Lines that waited go on waiting where their product was counted after units had left: a person is asked. Of an order that
     * is only recorded nothing is taken off when units leave, so that there is nothing to ask; what comes back is posted.
     */
    private static void askWhereCounted(Tx tx, Sorted sorted, List<OrderWork> work, List<OrderLineEntity> waiting) {
        List<OrderLineEntity> found =
                waiting.stream().filter(row -> row.product != null).toList();
        if (found.isEmpty()) {
            return;
        }
        Counted counted = Counted.of(tx, found.stream().map(row -> row.product).collect(Collectors.toSet()));
        for (OrderWork order : work) {
            if (order.order.beforeTurnOn) {
                continue;
            }
            Map<String, OrderSnapshot.Line> shown = new HashMap<>();
            sorted.news.get(order.order.code).snapshot().lines().forEach(line -> shown.put(line.id(), line));
            for (LineWork line : order.lines.values()) {
                if (found.contains(line.row)
                        && ask(counted, line.row, shown.get(line.row.code), order.order.placedAt)) {
                    Matcher.unmatched(line.row);
                }
            }
        }
    }

    private static boolean ask(Counted counted, OrderLineEntity row, OrderSnapshot.Line now, Instant placedAt) {
        if (now != null) {
            row.sentAt = Lines.sentAt(now.moves());
            row.fulfilled = now.counts().fulfilled();
            row.lost = now.counts().lost();
        }
        return counted.sawThemGone(row.product, row, placedAt);
    }

    /** Every level that the lines may touch: all are locked at once, in sorted order, before any is looked at. */
    static Set<LevelKey> keys(Collection<OrderWork> work, Places places) {
        Set<LevelKey> keys = new TreeSet<>();
        for (OrderWork order : work) {
            if (order.linked()) {
                continue;
            }
            for (LineWork line : order.lines.values()) {
                if (line.row.product != null) {
                    places.all().forEach(location -> keys.add(new LevelKey(line.row.product, location)));
                    line.allocations.forEach(row -> keys.add(new LevelKey(row.product, row.location)));
                }
            }
        }
        return keys;
    }

    // --- writing -----------------------------------------------------------------------------------------------------

    private void write(Tx tx, StoreEntity store, OrderPage page, Sorted sorted, Outcome outcome) {
        // Orders are inserted in sorted order, as they are locked.
        rows.write(
                tx,
                outcome.applied.stream()
                        .sorted(Comparator.comparing(order -> order.order.code))
                        .toList());
        outcome.linesByOrder.forEach(
                (order, lines) -> lines.forEach(line -> outcome.lines.add(line.ofOrder(order.order.id))));
        poster.post(tx, outcome.lines);
        if (!outcome.effects.isEmpty()) {
            effects.apply(tx, store.id, outcome.effects);
        }
        Set<String> applied =
                outcome.applied.stream().map(order -> order.order.code).collect(Collectors.toSet());
        parking.update(tx, store.id, sorted.problems, applied);
        looked(tx, store, sorted);
        // Where an order is to be read again, what the page said of it is nowhere else: it must come again if that
        // fails.
        if (sorted.reread.isEmpty() && page.cursor() != null && !page.cursor().equals(store.orderCursor)) {
            store.orderCursor = page.cursor();
            tx.session().update(store);
        }
        if (!outcome.applied.isEmpty() || !sorted.problems.isEmpty()) {
            tx.changes().kinds(Change.Kind.ORDERS);
        }
    }

    /** Open orders are read again by id, those first that nobody looked at for longest. */
    private static void looked(Tx tx, StoreEntity store, Sorted sorted) {
        if (!sorted.codes.isEmpty()) {
            for (List<String> part : OrderRows.chunks(sorted.codes)) {
                tx.mutate(
                                "update StoreOrder o set o.readAt = :now where o.store = :store and o.code in (:codes)",
                                "codes",
                                part)
                        .setParameter("now", tx.now())
                        .setParameter("store", store.id)
                        .executeUpdate();
            }
        }
    }
}
