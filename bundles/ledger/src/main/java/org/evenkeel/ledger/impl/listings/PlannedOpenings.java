package org.evenkeel.ledger.impl.listings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.evenkeel.ledger.Movement.Reason;
import org.evenkeel.ledger.Movement.Reference;
import org.evenkeel.ledger.MovementId;
import org.evenkeel.ledger.PlannedOpening;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.LevelEntity;
import org.evenkeel.ledger.impl.model.MovementEntity;
import org.evenkeel.ledger.impl.posting.LevelKey;
import org.evenkeel.ledger.impl.posting.Poster;
import org.evenkeel.ledger.impl.posting.PostingLine;

/**
 * What plans opened, and how that is taken back: by movements of their own, as long as nobody counted the shelf since, whose
 * count would then be wrong. Orders that came since stay as they are. Thread-safe.
 */
final class PlannedOpenings {
    private static final Set<String> OF_ORDERS = Set.of(
            Reason.ORDER_BOOKED.name(),
            Reason.ORDER_FULFILLED.name(),
            Reason.ORDER_RETURNED.name(),
            Reason.ORDER_LOST.name());

    private final LedgerTransactions transactions;
    private final Poster poster;

    PlannedOpenings(LedgerTransactions transactions, Poster poster) {
        this.transactions = transactions;
        this.poster = poster;
    }

    // --- what stands -------------------------------------------------------------------------------------------------

    List<PlannedOpening> openings(String plan, Set<Long> products) {
        List<PlannedOpening> openings = new ArrayList<>();
        for (List<Long> part : Chunks.of(new TreeSet<>(products))) {
            openings.addAll(transactions.run(tx -> openings(tx, plan, part)));
        }
        return openings;
    }

    private static List<PlannedOpening> openings(Tx tx, String plan, List<Long> products) {
        Map<Long, List<MovementEntity>> opened = standing(tx, plan, products);
        Map<LevelKey, Long> counted = counted(tx, opened.keySet());
        List<PlannedOpening> openings = new ArrayList<>();
        opened.forEach((product, movements) -> openings.add(new PlannedOpening(
                new ProductId(product),
                movements.stream().mapToLong(movement -> movement.deltaInStock).reduce(0, Math::addExact),
                movements.stream().map(movement -> new MovementId(movement.id)).toList(),
                isCountedSince(movements, counted) ? "It was counted or set since: that stands." : "")));
        return openings;
    }

    /** Openings by a plan that were not taken back, by product. */
    private static Map<Long, List<MovementEntity>> standing(Tx tx, String plan, Collection<Long> products) {
        Map<Long, List<MovementEntity>> opened = new TreeMap<>();
        Set<Long> reversed = new HashSet<>();
        for (List<Long> part : Chunks.padded(products)) {
            tx.session()
                    .createSelectionQuery(
                            "from Movement m where m.product in (:products) and m.refKind = :kind and m.refId = :plan"
                                    + " order by m.id",
                            MovementEntity.class)
                    .setParameterList("products", part)
                    .setParameter("kind", Reference.Kind.PLAN.name())
                    .setParameter("plan", plan)
                    .getResultList()
                    .forEach(movement -> {
                        if (movement.reverses != null) {
                            reversed.add(movement.reverses);
                        } else {
                            opened.computeIfAbsent(movement.product, key -> new ArrayList<>())
                                    .add(movement);
                        }
                    });
        }
        opened.values().forEach(movements -> movements.removeIf(movement -> reversed.contains(movement.id)));
        opened.values().removeIf(List::isEmpty);
        return opened;
    }

    /** The versions at which levels were last counted. */
    private static Map<LevelKey, Long> counted(Tx tx, Collection<Long> products) {
        Map<LevelKey, Long> counted = new HashMap<>();
        for (List<Long> part : Chunks.padded(products)) {
            tx.session()
                    .createSelectionQuery("from Level l where l.product in (:products)", LevelEntity.class)
                    .setParameterList("products", part)
                    .getResultList()
                    .forEach(level -> counted.put(new LevelKey(level.product, level.location), level.counted));
        }
        return counted;
    }

    private static boolean isCountedSince(List<MovementEntity> movements, Map<LevelKey, Long> counted) {
        Map<LevelKey, Long> opened = new HashMap<>();
        movements.forEach(movement ->
                opened.merge(new LevelKey(movement.product, movement.location), movement.version, Math::max));
        long product = movements.get(0).product;
        // A level that it did not open and that was counted makes the product a counted one, too.
        return counted.entrySet().stream()
                .filter(level -> level.getKey().product() == product)
                .anyMatch(level -> level.getValue() > opened.getOrDefault(level.getKey(), 0L));
    }

    // --- taking back -------------------------------------------------------------------------------------------------

    Set<ProductId> takeBack(String plan, Set<Long> products, String actor) {
        Set<ProductId> taken = new HashSet<>();
        for (List<Long> part : Chunks.of(new TreeSet<>(products))) {
            transactions
                    .run(tx -> takeBackSome(tx, plan, part, Texts.readable(actor, 255)))
                    .forEach(product -> taken.add(new ProductId(product)));
        }
        return taken;
    }

    private Set<Long> takeBackSome(Tx tx, String plan, List<Long> products, String actor) {
        Map<Long, List<MovementEntity>> opened = standing(tx, plan, products);
        poster.lock(tx, levels(tx, opened.keySet()));
        // Behind the locks once more: what was counted or taken back meanwhile.
        opened = standing(tx, plan, opened.keySet());
        Map<LevelKey, Long> counted = counted(tx, opened.keySet());
        opened.values().removeIf(movements -> isCountedSince(movements, counted));
        if (opened.isEmpty()) {
            return Set.of();
        }
        poster.post(
                tx,
                opened.values().stream()
                        .flatMap(List::stream)
                        .map(movement -> reverse(movement, actor))
                        .toList());
        close(tx, opened.keySet());
        return opened.keySet();
    }

    private static Set<LevelKey> levels(Tx tx, Set<Long> products) {
        return counted(tx, products).keySet();
    }

    private static PostingLine reverse(MovementEntity done, String actor) {
        return new PostingLine(
                new LevelKey(done.product, done.location),
                -done.deltaInStock,
                -done.deltaBooked,
                -done.deltaIncoming,
                Reason.valueOf(done.reason),
                new Reference(Reference.Kind.valueOf(done.refKind), done.refId, done.refCounter),
                null,
                "",
                actor,
                done.id,
                true);
    }

    /** Nobody knows their stock again. Their versions were raised by the movements. */
    private static void close(Tx tx, Set<Long> products) {
        for (List<Long> part : Chunks.padded(products)) {
            tx.session()
                    .createMutationQuery("update Product p set p.opened = false where p.id in (:products)")
                    .setParameterList("products", part)
                    .executeUpdate();
        }
    }

    // --- what was sold -----------------------------------------------------------------------------------------------

    Map<ProductId, Long> sold(String store, Set<Long> products, Instant since) {
        Map<ProductId, Long> sold = new HashMap<>();
        for (List<Long> part : Chunks.of(new TreeSet<>(products))) {
            transactions.run(tx -> sold(tx, store, part, since)).stream()
                    .filter(taken -> taken.units() != 0)
                    .forEach(taken -> sold.put(new ProductId(taken.product()), taken.units()));
        }
        return sold;
    }

    private record Taken(Long product, Long units) {}

    private static List<Taken> sold(Tx tx, String store, List<Long> products, Instant since) {
        return tx.session()
                .createSelectionQuery(
                        "select m.product, sum(m.deltaBooked - m.deltaInStock) from Movement m"
                                + " join StoreOrder o on o.id = m.order"
                                + " where m.product in (:products) and m.reason in (:reasons) and m.at >= :since"
                                + " and (o.store <> :store or o.placedAt >= :since or m.refCounter > 1)"
                                + " group by m.product",
                        Taken.class)
                .setParameterList("products", Chunks.padded(products).get(0))
                .setParameterList("reasons", OF_ORDERS)
                .setParameter("since", since)
                .setParameter("store", store)
                .getResultList();
    }
}
