package org.evenkeel.ledger;

/**
 * A place where stock lies.
 *
 * @param id its id
 * @param name what people call it, unique without regard to case
 * @param countsForSale whether what is available there is for sale
 */
public record Location(LocationId id, String name, boolean countsForSale) {}
