/**
 * What a store connector implements: {@link org.evenkeel.connector.StoreConnector} and the values that cross its border.
 *
 * <p>The life of a connector, in order:
 *
 * <ol>
 *   <li>A person adds a store by the form drawn from the connector's metatype. The configuration is a <em>factory</em>
 *       configuration; Declarative Services activates one instance for it. Activation must not do I/O.
 *   <li>{@link org.evenkeel.connector.StoreConnector#check check} is called and its findings are shown. Synchronizing
 *       cannot be turned on before it passes.
 *   <li>Once turned on, the host's lane for this store calls listings, orders, push and read-back, one call at a time.
 *   <li>When the configuration changes, the instance is replaced; when the bundle is stopped or updated, the lane stops
 *       within a bound, and goes on from its cursor when a connector with the same store id is back.
 * </ol>
 *
 * <p>The host owns schedule, cursors, retries, persistence, secrets and state. A connector translates: it keeps nothing
 * that must survive a call, except through {@link org.evenkeel.connector.StoreState}.
 *
 * <p>Quantities are whole units. A store that answers with a fraction, or with a number outside of {@code long}, makes an
 * {@link org.evenkeel.connector.UnreadableOrder} or {@link org.evenkeel.connector.UnreadableListing} of that item alone.
 * No value here has a field for a buyer's name, address or e-mail, on purpose.
 */
@Version("0.1.0")
@Export
package org.evenkeel.connector;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
