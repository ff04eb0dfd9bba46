/**
 * Replay of a web shop's real orders: simulated shops, over HTTP, through connector, sync and ledger and back into every shop.
 * The file is not part of the product; see README.md of this module for where it is looked for.
 */
package org.evenkeel.benchmarks.replay;
