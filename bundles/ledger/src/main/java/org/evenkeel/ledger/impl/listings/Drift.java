package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.Movement.Reason;
import org.evenkeel.ledger.Movement.Reference;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.catalogue.StoreLocations.Mapped;
import org.evenkeel.ledger.impl.model.MovementEntity;
import org.evenkeel.ledger.impl.posting.LevelKey;
import org.evenkeel.ledger.impl.posting.Poster;
import org.evenkeel.ledger.impl.posting.PostingLine;

/** What stores show against what they are believed to show. Stateless. */
final class Drift {
    private final Rows rows;
    private final Poster poster;
    private final StoreLocations storeLocations;

    Drift(Rows rows, Poster poster, StoreLocations storeLocations) {
        this.rows = rows;
        this.poster = poster;
        this.storeLocations = storeLocations;
    }

    List<FigureGap> gaps(Tx tx, String store, long after, int limit) {
        return tx
                .session()
                .createSelectionQuery(
                        "select f, l.code, l.variant from Figure f join Listing l on l.id = f.listing"
                                + " where f.store = :store and f.offBelief = true and f.id > :after"
                                + " and f.active = true and f.queue not in (UNKNOWN, ACCEPTED) order by f.id",
                        Row.class)
                .setParameter("store", store)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(row -> row.figure().toGap(new ListingKey(new StoreId(store), row.listing(), row.variant())))
                .toList();
    }

    void confirm(Tx tx, String store, List<FigureGap> gaps) {
        List<FigureEntity> confirmed = lockUnchanged(tx, store, gaps);
        confirmed.forEach(FigureEntity::confirmGap);
        rows.write(tx, confirmed);
    }

    /** The figures whose gap is still the one that was looked at, locked. */
    private List<FigureEntity> lockUnchanged(Tx tx, String store, List<FigureGap> gaps) {
        Map<Long, FigureGap> byFigure = new LinkedHashMap<>();
        gaps.forEach(gap -> byFigure.put(gap.id(), gap));
        return rows.lockFigures(tx, byFigure.keySet()).values().stream()
                .filter(figure -> figure.store.equals(store) && isStill(figure, byFigure.get(figure.id)))
                .toList();
    }

    private static boolean isStill(FigureEntity figure, FigureGap gap) {
        return figure.offBelief
                && figure.gap() == gap.gap()
                && Objects.equals(figure.seenAt, Times.micros(gap.seenAt()));
    }

    void believe(Tx tx, String store, List<Reading> decided, String reason) {
        Map<Long, Long> quantities = new TreeMap<>();
        decided.forEach(reading -> quantities.put(reading.figure(), reading.quantity()));
        List<FigureEntity> figures =
                new ArrayList<>(rows.lockFigures(tx, quantities.keySet()).values());
        figures.removeIf(figure -> !figure.store.equals(store));
        believe(tx, store, figures, figure -> quantities.get(figure.id), reason);
    }

    Set<Long> believeGaps(Tx tx, String store, List<FigureGap> decided, String reason) {
        List<FigureEntity> figures = lockUnchanged(tx, store, decided).stream()
                .filter(figure -> figure.active && !figure.queue.outstanding())
                .toList();
        believe(tx, store, figures, figure -> figure.seen, reason);
        return figures.stream().map(figure -> figure.id).collect(Collectors.toSet());
    }

    private void believe(
            Tx tx, String store, List<FigureEntity> figures, ToLongFunction<FigureEntity> shown, String reason) {
        String words = Texts.readable(reason, FigureEntity.LONGEST_MESSAGE);
        figures.forEach(figure -> figure.believe(shown.applyAsLong(figure), words));
        rows.write(tx, figures);
        if (!figures.isEmpty()) {
            tx.changes().kinds(Change.Kind.OUTCOMES);
            tx.changes().stores(List.of(store));
        }
    }

    /** Posts the gap as a movement, and believes what the store shows. */
    List<MovementEntity> adopt(Tx tx, String store, long id, String actor) {
        FigureEntity before = tx.session().get(FigureEntity.class, id);
        if (before == null || !before.store.equals(store)) {
            throw new NotFoundException("Store " + store + " has no figure " + id + ".");
        }
        requireGap(before);
        long location = adoptable(tx, before);
        LevelKey key = new LevelKey(before.product, location);
        List<MovementEntity> posted = poster.post(
                tx,
                List.of(PostingLine.inStock(
                        key,
                        before.gap(),
                        Reason.DRIFT_ADOPTED,
                        new Reference(Reference.Kind.STORE, store, 0),
                        "The store shows " + before.seen + ", and was believed to show " + before.belief,
                        actor,
                        false)));
        FigureEntity figure = rows.lockFigures(tx, List.of(id)).get(id);
        requireGap(figure);
        boolean changed = figure.gap() != before.gap()
                || !figure.product.equals(before.product)
                || !Rules.of(tx, figure).rule().oneToOne();
        if (changed) {
            throw new ConflictException(
                    ConflictException.Reason.STATE, "The store's figure changed meanwhile; look at it again.");
        }
        figure.believe(figure.seen, "adopted");
        rows.write(tx, List.of(figure));
        tx.changes().kinds(Change.Kind.OUTCOMES);
        return posted;
    }

    private static void requireGap(FigureEntity figure) {
        if (!figure.active || figure.queue.outstanding() || !figure.offBelief || figure.gap() == 0) {
            throw new ConflictException(
                    ConflictException.Reason.STATE,
                    "There is nothing to adopt: the store is not known to show anything else than believed.");
        }
    }

    private long adoptable(Tx tx, FigureEntity figure) {
        Mapped mapped = storeLocations.of(tx, figure.store).get(figure.storeLocation);
        Set<Long> behind = mapped == null ? Set.of() : mapped.ledgerLocations();
        if (behind.size() != 1) {
            throw new ConflictException(
                    ConflictException.Reason.STATE,
                    "A figure is adopted where one ledger location stands behind it; behind " + figure.storeLocation
                            + " there are " + behind.size() + ". Adjust the product instead.");
        }
        EffectiveRule rule = Rules.of(tx, figure);
        if (!rule.rule().oneToOne()) {
            throw new ConflictException(
                    ConflictException.Reason.STATE,
                    "A figure is adopted where its rule is one to one, since only there it tells what is available; here the rule of "
                            + rule.scope() + " counts. Adjust the product instead.");
        }
        return behind.iterator().next();
    }

    private record Row(FigureEntity figure, String listing, String variant) {}
}
