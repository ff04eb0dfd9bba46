package org.evenkeel.connector.toolkit;

/** How much a call matters where the budget is short. */
public enum Urgency {
    /** Orders and figures: may spend everything. */
    URGENT,
    /** Listings, read-backs, checks, subscriptions: leave half of the budget to what is urgent. */
    CALM
}
