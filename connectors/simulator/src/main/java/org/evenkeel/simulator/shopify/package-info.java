/**
 * Shopify's GraphQL Admin API over the shops of {@link org.evenkeel.simulator}. Operations are parsed and validated as
 * GraphQL against our own part of the schema, priced, and carried out at one moment of the shop.
 */
package org.evenkeel.simulator.shopify;
