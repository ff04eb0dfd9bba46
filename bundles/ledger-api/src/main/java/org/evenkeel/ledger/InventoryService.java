package org.evenkeel.ledger;

import java.util.Collection;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Levels and what people do to them. Thread-safe; each call is one transaction, and idempotent by its key. */
@ProviderType
public interface InventoryService {

    /** The figures of a product. @throws NotFoundException when there is none */
    Stock stock(ProductId product);

    /** The figures of several products, in one snapshot; unknown ids are left out. */
    Map<ProductId, Stock> stocks(Collection<ProductId> products);

    /** The level of a product at a location; all zero, version 0, when it never moved. @throws NotFoundException as above */
    Level level(ProductId product, LocationId location);

    /**
     * Sets, adds or subtracts In Stock. Setting In Stock to what it is posts a movement of 0 the first time, which opens the
     * product, and nothing later.
     *
     * @throws NotFoundException when there is no such product or location
     * @throws ConflictException when the key was used with another input, or another count or set came between
     * @throws InvalidInputException when the figure would leave the range of {@code long}
     */
    Posting adjust(Adjustment adjustment);

    /**
     * Posts the reverse of a movement that a person posted, pointing at it.
     *
     * @throws NotFoundException when there is no such movement
     * @throws ConflictException when it was undone before, or belongs to an order: that is undone through the order
     */
    Posting undo(MovementId movement, String actor, IdempotencyKey key);
}
