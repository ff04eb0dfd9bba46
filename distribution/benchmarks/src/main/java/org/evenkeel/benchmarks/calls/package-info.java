/** How many calls it takes to send what waits for a store. */
package org.evenkeel.benchmarks.calls;
