package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.ledger.OpeningChoices;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.ProductId;

/** What was chosen in plans that were applied to stores. Thread-safe. */
public interface Chosen {

    /** Nothing was ever chosen in a plan. */
    Chosen NOTHING = new Chosen() {
        @Override
        public OpeningChoices openings(long plan, boolean others) {
            return new OpeningChoices("", others, Set.of(), Set.of(), Map.of());
        }

        @Override
        public OrderPage.Counted counted(long plan, Set<String> orders) {
            return OrderPage.Counted.NONE;
        }

        @Override
        public Undone undone(long plan) {
            return new Undone("", Instant.EPOCH);
        }

        @Override
        public List<UndoneFigure> undoneFigures(long plan, long after, int limit) {
            return List.of();
        }
    };

    /**
     * How products that were never counted are opened, by the plan that turned a store on.
     *
     * @param others whether those that nothing was chosen for are opened with what the store shows
     * @return naming the plan
     */
    OpeningChoices openings(long plan, boolean others);

    /** Which of some orders In Stock counts already, by the plan that turned a store on. */
    OrderPage.Counted counted(long plan, Set<String> orders);

    /** What an undo takes back. */
    Undone undone(long plan);

    /**
     * Of what an undo takes back.
     *
     * @param opened the plan that opened it, as the ledger names it
     * @param since when the store was read for that plan: what was sold since counts
     */
    record Undone(String opened, Instant since) {}

    /** The figures of an undo, by row, some at a time. @param after the last row before, 0 for the first */
    List<UndoneFigure> undoneFigures(long plan, long after, int limit);

    /**
     * A figure of an undo.
     *
     * @param row its row
     * @param target where it is
     * @param sku raw
     * @param product the product that it sells; null when it has none
     * @param takeBack whether that product's opening is taken back
     * @param figure what is to be pushed; null when it is left as it is
     * @param sold what had been sold of the product when {@code figure} was made
     */
    record UndoneFigure(
            long row, FigureTarget target, String sku, ProductId product, boolean takeBack, Long figure, long sold) {}
}
