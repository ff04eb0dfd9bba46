/**
 * Shops as they are, whatever they speak: catalogue, shelves, orders, customers, a clock and faults. Protocols live in
 * packages of their own and read a shop under its lock. The package is internal to whoever embeds it.
 */
package org.evenkeel.simulator;
