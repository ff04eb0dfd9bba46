/**
 * Real databases for tests that run without a framework. What is opened here is the implementation that is shipped, on
 * embedded Derby in memory or on an embedded PostgreSQL server; nothing is mocked.
 *
 * <p>A suite that holds on both products takes the product as its parameter:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource(TestVendor.class)
 * void keepsWhatWasCommitted(TestVendor vendor) {
 *     try (TestDatabase test = vendor.open(); Persistence unit = test.database().open(UNIT)) {
 *         unit.inTransaction(session -> …);
 *     }
 * }
 * }</pre>
 *
 * <p>An abstract suite with one subclass per product does as well, when many tests share an opened database:
 *
 * <pre>{@code
 * abstract class LedgerContract {
 *     private final TestVendor vendor;
 *     …
 * }
 *
 * class LedgerOnDerbyTest extends LedgerContract {
 *     LedgerOnDerbyTest() {
 *         super(TestVendor.DERBY);
 *     }
 * }
 * }</pre>
 *
 * <p>Where no PostgreSQL can be started, such tests are skipped and say why; in CI (environment variable {@code CI=true})
 * they fail instead.
 */
package org.evenkeel.database.testing;
