/**
 * Measured runs. What several of them need is here: the engine put together by hand, the distribution as a process, simulated
 * shops, and how figures are told.
 */
package org.evenkeel.benchmarks;
