package org.evenkeel.ledger;

import java.time.Instant;

/**
 * A thing that is counted.
 *
 * @param id its id
 * @param sku its code as first seen
 * @param name what people call it
 * @param opened whether its stock was ever stated, by an opening, a person or a count: from then on the ledger wins over what
 *     stores show. Orders alone do not open it, since they tell what was sold and not what there is
 * @param archived whether it is out of use
 * @param createdAt when it was created
 */
public record Product(ProductId id, Sku sku, String name, boolean opened, boolean archived, Instant createdAt) {}
