/**
 * The REST API under {@code /api/v1}. Resources translate between JSON and the services of the ledger and the sync; they
 * decide nothing. {@link org.evenkeel.rest.Authentication} says who asks, {@link org.evenkeel.rest.Needs} what a
 * method asks of them, {@link org.evenkeel.rest.Problems} how it fails.
 */
package org.evenkeel.rest;
