package org.evenkeel.ledger;

import java.time.Instant;

/**
 * A thing that is counted.
 *
 * @param id its id
 * @param sku its code as first seen
 * @param name what people call it
 * @param opened whether it has had a movement: from then on the ledger wins over what stores show
 * @param archived whether it is out of use
 * @param createdAt when it was created
 */
public record Product(ProductId id, Sku sku, String name, boolean opened, boolean archived, Instant createdAt) {}
