package org.evenkeel.ledger.impl.posting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.evenkeel.database.Database.Vendor;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.MovementEntity;

/**
 * The one place that moves levels: locks their rows in sorted order, computes balances exactly, writes the journal, raises the
 * products' change versions, and marks the figures of their listings. Thread-safe; keeps nothing.
 *
 * <p>A product is opened by its first movement that no order made: an order says what was sold, not what there is.
 */
public final class Poster {
    private final LevelRows rows;
    private final FigureMarks marks;

    public Poster(Vendor vendor, FigureMarks marks) {
        this.rows = new LevelRows(vendor);
        this.marks = marks;
    }

    /**
     * Locks levels, those that do not exist counting as zero, until the transaction ends. Whoever needs several locks them
     * with one call, so that all lock in the same order.
     *
     * @return the transaction's locked levels
     */
    public LockedLevels lock(Tx tx, Collection<LevelKey> keys) {
        TreeSet<LevelKey> missing = tx.levels().missing(keys);
        if (!missing.isEmpty()) {
            Map<LevelKey, Figures> found = tx.session().doReturningWork(connection -> rows.lock(connection, missing));
            missing.forEach(key -> tx.levels().put(key, found.getOrDefault(key, Figures.NONE)));
        }
        return tx.levels();
    }

    /**
     * Posts movements in the given order.
     *
     * @return what was posted, in that order; nothing when there are no lines
     * @throws InvalidInputException when a figure would leave the range that the ledger counts in; nothing was written then
     */
    public List<MovementEntity> post(Tx tx, List<PostingLine> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        LockedLevels levels = lock(tx, lines.stream().map(PostingLine::key).toList());
        List<MovementEntity> movements = new ArrayList<>(lines.size());
        SortedMap<LevelKey, Figures> after = new TreeMap<>();
        for (PostingLine line : lines) {
            Figures figures =
                    after.getOrDefault(line.key(), levels.of(line.key())).plus(line);
            after.put(line.key(), figures);
            movements.add(movement(tx, line, figures));
        }
        tx.session().doWork(connection -> write(tx, connection, lines, after, movements));
        tx.session().insertMultiple(movements);
        after.forEach(levels::put);
        tell(tx, lines);
        return movements;
    }

    private static MovementEntity movement(Tx tx, PostingLine line, Figures after) {
        MovementEntity movement = new MovementEntity();
        movement.product = line.key().product();
        movement.location = line.key().location();
        movement.version = after.version();
        movement.deltaInStock = line.inStock();
        movement.deltaBooked = line.booked();
        movement.deltaIncoming = line.incoming();
        movement.inStock = after.inStock();
        movement.booked = after.booked();
        movement.incoming = after.incoming();
        movement.reason = line.reason().name();
        movement.refKind = line.reference().kind().name();
        movement.refId = line.reference().id();
        movement.refCounter = line.reference().counter();
        movement.order = line.order();
        movement.note = line.note();
        movement.actor = line.actor();
        movement.at = tx.now();
        movement.reverses = line.reverses();
        return movement;
    }

    private void write(
            Tx tx,
            Connection connection,
            List<PostingLine> lines,
            SortedMap<LevelKey, Figures> after,
            List<MovementEntity> movements)
            throws SQLException {
        SortedMap<LevelKey, Figures> fresh = new TreeMap<>();
        SortedMap<LevelKey, Figures> moved = new TreeMap<>();
        after.forEach((key, figures) -> (tx.levels().of(key).version() == 0 ? fresh : moved).put(key, figures));
        rows.insert(connection, fresh, tx.now());
        rows.update(connection, moved);
        rows.counted(connection, counted(lines, moved), tx.now());
        rows.raise(connection, raises(lines, tx.now()));
        List<Long> ids = rows.movementIds(connection, movements.size());
        for (int i = 0; i < movements.size(); i++) {
            movements.get(i).id = ids.get(i);
        }
    }

    private static Set<LevelKey> counted(List<PostingLine> lines, SortedMap<LevelKey, Figures> moved) {
        Set<LevelKey> counted = new TreeSet<>();
        lines.stream().filter(PostingLine::count).map(PostingLine::key).forEach(counted::add);
        counted.retainAll(moved.keySet());
        return counted;
    }

    private static SortedMap<Long, LevelRows.Raise> raises(List<PostingLine> lines, Instant now) {
        SortedMap<Long, LevelRows.Raise> raises = new TreeMap<>();
        lines.forEach(line -> raises.merge(
                line.key().product(),
                new LevelRows.Raise(!line.isOfOrder(), Sold.score(line.sold(), now)),
                LevelRows.Raise::and));
        return raises;
    }

    private void tell(Tx tx, List<PostingLine> lines) {
        Set<Long> products = new HashSet<>();
        lines.forEach(line -> products.add(line.key().product()));
        tx.changes().kinds(Change.Kind.LEVELS);
        tx.changes().products(products);
        marks.moved(tx, new TreeSet<>(products));
    }
}
