/**
 * The stock ledger: what lies on the shelf, what is promised, and why.
 *
 * <p>Four figures per product and location: <em>In Stock</em> (physically there), <em>Booked</em> (open order lines and
 * active holds), <em>Available</em> (In Stock − Booked, computed) and <em>Incoming</em>. Every change of one is an immutable
 * {@link org.evenkeel.ledger.Movement}; a level is the running sum of its movements.
 *
 * <p>Services: {@link org.evenkeel.ledger.InventoryService} (levels, adjustments, undo),
 * {@link org.evenkeel.ledger.Catalogue} (products, locations), {@link org.evenkeel.ledger.Journal},
 * {@link org.evenkeel.ledger.OrderBook} (orders as snapshots), {@link org.evenkeel.ledger.ListingBook} (what stores sell
 * and show), {@link org.evenkeel.ledger.RuleBook} (how what is available becomes what they show),
 * {@link org.evenkeel.ledger.StoreRegistry} (stores and their cursors), {@link org.evenkeel.ledger.LaneLeases} (which node
 * serves which store). All are thread-safe, and each call is one
 * transaction. Quantities are whole units in {@code long}, computed exactly: an overflow is an error, never a wrap.
 *
 * <p>An <em>actor</em> is a short text that names who did something: {@code user:admin}, {@code token:till},
 * {@code store:shop-one}, {@code system}.
 */
@Version("0.1.0")
@Export
package org.evenkeel.ledger;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
