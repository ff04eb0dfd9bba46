/** How long plans of very large stores take: made, looked at, chosen from, applied and undone. */
package org.evenkeel.benchmarks.plans;
