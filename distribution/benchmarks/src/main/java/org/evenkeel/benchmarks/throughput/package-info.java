/**
 * How long a first full sync of many listings takes, and how long it takes when a hundredth of them has changed; and whether it
 * comes through in a small heap.
 */
package org.evenkeel.benchmarks.throughput;
