/**
 * How long a unit that one store sold stays on sale in the others, and how many units are sold that nobody has: of the sync and of
 * a naive loop, on the same seeded demand; in virtual time, and in the time of the host as it is shipped.
 */
package org.evenkeel.benchmarks.window;
