/**
 * The database behind the API. From the outside in:
 *
 * <ul>
 *   <li>{@link org.evenkeel.database.internal.DatabaseComponent} reads the configuration and follows the driver's service;
 *   <li>{@link org.evenkeel.database.internal.DatabaseConnector} connects, again and again if need be, on its one thread;
 *   <li>{@link org.evenkeel.database.internal.ConnectedDatabase} is what is registered: a pool and the units open on it;
 *   <li>{@link org.evenkeel.database.internal.Migrations} and {@link org.evenkeel.database.internal.SessionFactories} open
 *       a unit, and {@link org.evenkeel.database.internal.OpenUnit} runs its transactions, which
 *       {@link org.evenkeel.database.internal.TransactionRunner} runs again after a conflict;
 *   <li>{@link org.evenkeel.database.internal.VendorStrategy} is where the two products differ.
 * </ul>
 *
 * <p>From {@code ConnectedDatabase} inwards nothing knows of a framework, so that tests run on the same code. Transactions
 * run on their callers' threads.
 */
package org.evenkeel.database.internal;
