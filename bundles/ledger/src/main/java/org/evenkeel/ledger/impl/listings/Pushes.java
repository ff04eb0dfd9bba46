package org.evenkeel.ledger.impl.listings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingBook.AcceptedPush;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;

/** Records what is sent and what became of it. Stateless. */
final class Pushes {
    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_TOKEN = 1000;

    private final Rows rows;

    Pushes(Rows rows) {
        this.rows = rows;
    }

    void sending(Tx tx, PushRecord batch) {
        checkKey(batch.key());
        Map<Long, PushRecord.Item> items = items(batch.items());
        Collection<FigureEntity> figures = locked(tx, batch.store().value(), items.keySet());
        figures.forEach(figure -> figure.sending(items.get(figure.id), batch.key()));
        rows.write(tx, figures);
        tell(tx, figures);
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new InvalidInputException(
                    "key", "A batch's key has 1 to " + LONGEST_KEY + " characters, not: " + key);
        }
    }

    private static Map<Long, PushRecord.Item> items(List<PushRecord.Item> items) {
        Map<Long, PushRecord.Item> byFigure = new LinkedHashMap<>();
        for (PushRecord.Item item : items) {
            if (byFigure.put(item.figure(), item) != null) {
                throw new InvalidInputException("items", "Figure " + item.figure() + " is in the batch twice.");
            }
        }
        return byFigure;
    }

    private Collection<FigureEntity> locked(Tx tx, String store, Collection<Long> ids) {
        Map<Long, FigureEntity> figures = rows.lockFigures(tx, ids);
        for (Long id : ids) {
            FigureEntity figure = figures.get(id);
            if (figure == null || !figure.store.equals(store)) {
                throw new NotFoundException("Store " + store + " has no figure " + id + ".");
            }
        }
        return figures.values();
    }

    void sent(Tx tx, String store, String key, List<PushRecord.Outcome> outcomes, Instant at) {
        Map<Long, PushRecord.Outcome> byFigure = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byFigure.put(outcome.figure(), keepable(outcome)));
        List<FigureEntity> changed = new ArrayList<>();
        for (FigureEntity figure : locked(tx, store, byFigure.keySet())) {
            if (figure.sent(key, byFigure.get(figure.id), at)) {
                changed.add(figure);
            }
        }
        rows.write(tx, changed);
        tell(tx, changed);
    }

    private static PushRecord.Outcome keepable(PushRecord.Outcome outcome) {
        if (outcome.token() != null && outcome.token().length() > LONGEST_TOKEN) {
            throw new InvalidInputException("token", "A token has at most " + LONGEST_TOKEN + " characters.");
        }
        return new PushRecord.Outcome(
                outcome.figure(),
                outcome.kind(),
                Texts.readable(outcome.message(), FigureEntity.LONGEST_MESSAGE),
                outcome.actual(),
                outcome.token(),
                outcome.retryAt() == null ? null : Times.micros(outcome.retryAt()));
    }

    void acknowledge(Tx tx, String store, List<PushRecord.Item> level) {
        Map<Long, PushRecord.Item> items = items(level);
        List<FigureEntity> changed = new ArrayList<>();
        for (FigureEntity figure : locked(tx, store, items.keySet())) {
            PushRecord.Item item = items.get(figure.id);
            if (figure.level(item.sent(), item.productVersion(), item.ruleVersion(), tx.now())) {
                changed.add(figure);
            }
        }
        rows.write(tx, changed);
        tell(tx, changed);
    }

    List<AcceptedPush> accepted(Tx tx, String store, int limit) {
        return tx.session()
                .createSelectionQuery(
                        "select f.id, f.sentToken, f.sentKey from Figure f"
                                + " where f.store = :store and f.queue = ACCEPTED order by f.id",
                        AcceptedPush.class)
                .setParameter("store", store)
                .setMaxResults(limit)
                .getResultList();
    }

    void retry(Tx tx, String store, Set<Long> ids, String actor) {
        String by = Texts.readable("Let go again by " + actor + ".", FigureEntity.LONGEST_MESSAGE);
        List<FigureEntity> changed = new ArrayList<>();
        for (FigureEntity figure : locked(tx, store, ids)) {
            if (figure.retry(by)) {
                changed.add(figure);
            }
        }
        rows.write(tx, changed);
        tell(tx, changed);
        if (!changed.isEmpty()) {
            tx.changes().stores(List.of(store));
        }
    }

    private static void tell(Tx tx, Collection<FigureEntity> figures) {
        if (figures.isEmpty()) {
            return;
        }
        tx.changes().kinds(Change.Kind.OUTCOMES);
        tx.changes()
                .products(figures.stream()
                        .map(figure -> figure.product)
                        .filter(Objects::nonNull)
                        .toList());
    }
}
