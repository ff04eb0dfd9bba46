package org.evenkeel.ledger.impl.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.Level;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.Movement.Reason;
import org.evenkeel.ledger.Movement.Reference;
import org.evenkeel.ledger.MovementId;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Stock;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.journal.Movements;
import org.evenkeel.ledger.impl.model.LevelEntity;
import org.evenkeel.ledger.impl.model.LocationEntity;
import org.evenkeel.ledger.impl.model.MovementEntity;
import org.evenkeel.ledger.impl.model.ProductEntity;
import org.evenkeel.ledger.impl.posting.Figures;
import org.evenkeel.ledger.impl.posting.LevelKey;
import org.evenkeel.ledger.impl.posting.Poster;
import org.evenkeel.ledger.impl.posting.PostingLine;

/** Levels, and what people do to them. Thread-safe. */
public final class Inventory implements InventoryService {
    private static final int CHUNK = 500;

    /** Reasons of movements that a person posts, and can undo. */
    private static final Set<Reason> BY_PERSONS =
            Set.of(Reason.OPENING, Reason.ADJUSTMENT, Reason.COUNT, Reason.DRIFT_ADOPTED);

    private final LedgerTransactions transactions;
    private final Poster poster;
    private final Keys keys = new Keys();

    public Inventory(LedgerTransactions transactions, Poster poster) {
        this.transactions = transactions;
        this.poster = poster;
    }

    // --- reading -----------------------------------------------------------------------------------------------------

    @Override
    public Stock stock(ProductId product) {
        Stock stock = stocks(List.of(product)).get(product);
        if (stock == null) {
            throw noProduct(product);
        }
        return stock;
    }

    @Override
    public Map<ProductId, Stock> stocks(Collection<ProductId> products) {
        List<Long> ids =
                products.stream().map(ProductId::value).distinct().sorted().toList();
        return ids.isEmpty() ? Map.of() : transactions.snapshot(tx -> stocks(tx, ids));
    }

    private static Map<ProductId, Stock> stocks(Tx tx, List<Long> ids) {
        Map<ProductId, Stock> stocks = new HashMap<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<Long> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            Map<Long, List<Level>> levels = new HashMap<>();
            tx.select(
                            "from Level l where l.product in (:ids) order by l.product, l.location",
                            LevelEntity.class,
                            "ids",
                            chunk)
                    .getResultList()
                    .forEach(row -> levels.computeIfAbsent(row.product, id -> new ArrayList<>())
                            .add(level(row)));
            tx.select("from Product p where p.id in (:ids)", ProductEntity.class, "ids", chunk)
                    .getResultList()
                    .forEach(row -> stocks.put(
                            new ProductId(row.id),
                            new Stock(new ProductId(row.id), levels.getOrDefault(row.id, List.of()), row.version)));
        }
        return stocks;
    }

    private static Level level(LevelEntity row) {
        return new Level(
                new ProductId(row.product),
                new LocationId(row.location),
                row.inStock,
                row.booked,
                row.incoming,
                row.version);
    }

    @Override
    public Level level(ProductId product, LocationId location) {
        return transactions.run(tx -> {
            LevelEntity row =
                    tx.session().get(LevelEntity.class, new LevelEntity.Key(product.value(), location.value()));
            if (row != null) {
                return level(row);
            }
            existing(tx, product);
            existing(tx, location);
            return new Level(product, location, 0, 0, 0, 0);
        });
    }

    // --- adjusting ---------------------------------------------------------------------------------------------------

    @Override
    public Posting adjust(Adjustment adjustment) {
        return transactions.run(tx -> {
            String input = input(adjustment);
            return keys.used(tx, adjustment.key(), input).orElseGet(() -> {
                List<MovementEntity> posted = poster.post(tx, lines(tx, adjustment));
                keys.use(tx, adjustment.key(), input, posted);
                return new Posting(Movements.posted(posted), false);
            });
        });
    }

    private List<PostingLine> lines(Tx tx, Adjustment adjustment) {
        ProductEntity product = existing(tx, adjustment.product());
        existing(tx, adjustment.location());
        LevelKey key =
                new LevelKey(adjustment.product().value(), adjustment.location().value());
        Figures now = poster.lock(tx, List.of(key)).of(key);
        boolean set = adjustment.kind() == Adjustment.Kind.SET;
        long delta = switch (adjustment.kind()) {
            case SET -> Math.subtractExact(adjustment.quantity(), seen(tx, key, now, adjustment.seenVersion()));
            case ADD -> adjustment.quantity();
            case SUBTRACT -> -adjustment.quantity();
        };
        if (delta == 0 && product.opened) {
            return List.of();
        }
        boolean opens = !product.opened && adjustment.kind() != Adjustment.Kind.SUBTRACT;
        return List.of(PostingLine.inStock(
                key,
                delta,
                opens ? Reason.OPENING : Reason.ADJUSTMENT,
                Reference.NONE,
                Texts.readable(adjustment.reason(), 255),
                Texts.readable(adjustment.actor(), 255),
                set));
    }

    /** In Stock as the author of a count saw it. */
    private static long seen(Tx tx, LevelKey key, Figures now, Long version) {
        if (version == null || version == now.version()) {
            return now.inStock();
        }
        if (version < 0 || version > now.version()) {
            throw new InvalidInputException(
                    "seenVersion",
                    "The level is at version " + now.version() + ", so nobody saw version " + version + ".");
        }
        if (now.counted() > version) {
            throw new ConflictException(
                    ConflictException.Reason.COUNTED_MEANWHILE,
                    "The stock was counted or set meanwhile: it is " + now.inStock()
                            + " now. Look at it again, and set it if it is still wrong.");
        }
        return version == 0 ? 0 : inStockAt(tx, key, version);
    }

    private static long inStockAt(Tx tx, LevelKey key, long version) {
        return tx.session()
                .createSelectionQuery(
                        "select m.inStock from Movement m"
                                + " where m.product = :product and m.location = :location and m.version = :version",
                        Long.class)
                .setParameter("product", key.product())
                .setParameter("location", key.location())
                .setParameter("version", version)
                .getSingleResult();
    }

    private static String input(Adjustment a) {
        return String.join(
                "\n",
                "adjust",
                a.product().toString(),
                a.location().toString(),
                a.kind().name(),
                Long.toString(a.quantity()),
                String.valueOf(a.seenVersion()),
                a.reason());
    }

    // --- undoing -----------------------------------------------------------------------------------------------------

    @Override
    public Posting undo(MovementId movement, String actor, IdempotencyKey key) {
        return transactions.run(tx -> {
            String input = "undo\n" + movement;
            return keys.used(tx, key, input).orElseGet(() -> {
                List<MovementEntity> posted = poster.post(tx, List.of(reverse(tx, movement, actor)));
                keys.use(tx, key, input, posted);
                return new Posting(Movements.posted(posted), false);
            });
        });
    }

    private PostingLine reverse(Tx tx, MovementId id, String actor) {
        Movement done = Movements.find(tx, id.value())
                .orElseThrow(() -> new NotFoundException("There is no movement " + id + "."));
        LevelKey key = new LevelKey(done.product().value(), done.location().value());
        poster.lock(tx, List.of(key));
        refuseUnlessUndoable(done);
        return new PostingLine(
                key,
                -done.deltaInStock(),
                -done.deltaBooked(),
                -done.deltaIncoming(),
                done.reason(),
                done.reference(),
                null,
                "",
                Texts.readable(actor, 255),
                id.value(),
                // Who counted before an undo saw another shelf, whatever it was that was undone.
                true);
    }

    private static void refuseUnlessUndoable(Movement done) {
        if (done.reference().kind() == Reference.Kind.ORDER_LINE) {
            throw new ConflictException(
                    ConflictException.Reason.NOT_UNDOABLE,
                    "Movement " + done.id() + " belongs to order line "
                            + done.reference().id() + ": it changes when the order changes in its store.");
        }
        if (!BY_PERSONS.contains(done.reason())) {
            throw new ConflictException(
                    ConflictException.Reason.NOT_UNDOABLE,
                    "Movement " + done.id() + " is undone where it was made, not in the journal.");
        }
        if (done.reversedBy() != null) {
            throw new ConflictException(
                    ConflictException.Reason.NOT_UNDOABLE,
                    "Movement " + done.id() + " was undone before, by movement " + done.reversedBy() + ".");
        }
    }

    // --- what must exist ---------------------------------------------------------------------------------------------

    private static ProductEntity existing(Tx tx, ProductId id) {
        ProductEntity product = tx.session().get(ProductEntity.class, id.value());
        if (product == null) {
            throw noProduct(id);
        }
        return product;
    }

    private static void existing(Tx tx, LocationId id) {
        if (tx.session().get(LocationEntity.class, id.value()) == null) {
            throw new NotFoundException("There is no location " + id + ".");
        }
    }

    private static NotFoundException noProduct(ProductId id) {
        return new NotFoundException("There is no product " + id + ".");
    }
}
