package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductQuery;
import org.evenkeel.ledger.ProductQuery.Filter;
import org.evenkeel.ledger.ProductQuery.Sort;
import org.evenkeel.ledger.ProductRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of products at the size that they are made for. */
class LargeCatalogueTest {
    private static final int PRODUCTS = 100_000;

    @ParameterizedTest
    @EnumSource(Databases.class)
    void aHundredThousandProductsAreSearchedSortedAndPaged(Databases database) throws SQLException {
        try (TestLedger ledger = database.open()) {
            load(ledger);
            Page<ProductRow> last = page(ledger, "", Sort.SKU, false, PRODUCTS - 10);
            assertThat(last.total()).isEqualTo(PRODUCTS);
            assertThat(last.items()).hasSize(10);
            assertThat(last.items().get(9).inStock()).isEqualTo(PRODUCTS - 1);
            for (Sort sort : Sort.values()) {
                assertThat(page(ledger, "", sort, true, 0).items())
                        .as("by %s", sort)
                        .hasSize(50);
            }
            assertThat(page(ledger, "", Sort.IN_STOCK, true, 0).items().get(0).inStock())
                    .isEqualTo(PRODUCTS - 1);
            assertThat(page(ledger, "s09999", Sort.AVAILABLE, true, 0).items())
                    .hasSize(10)
                    .first()
                    .satisfies(row -> assertThat(row.product().sku().raw()).isEqualTo("S099999"));
            assertThat(page(ledger, "product 777", Sort.NAME, false, 0).total()).isEqualTo(111);
        }
    }

    private static Page<ProductRow> page(TestLedger ledger, String text, Sort sort, boolean descending, int offset) {
        return ledger.catalogue()
                .products(new ProductQuery(text, Filter.ALL, sort, descending, new PageRequest(offset, 50)));
    }

    private static void load(TestLedger ledger) throws SQLException {
        try (Connection connection = ledger.connection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement product = connection.prepareStatement(
                            "insert into product (id, sku, canonical, folded, claim, name, name_folded, opened, archived,"
                                    + " version, created_at, created_by)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, true, false, 1, current_timestamp, 'test')");
                    PreparedStatement level = connection.prepareStatement(
                            "insert into stock_level (product_id, location_id, in_stock, booked, incoming, version,"
                                    + " counted_version) values (?, 1, ?, 0, 0, 1, 1)")) {
                for (int n = 0; n < PRODUCTS; n++) {
                    add(product, level, n);
                    if (n % 1_000 == 999) {
                        product.executeBatch();
                        level.executeBatch();
                    }
                }
            }
            connection.commit();
        }
    }

    private static void add(PreparedStatement product, PreparedStatement level, int n) throws SQLException {
        long id = 1_000_000L + n;
        String sku = "S%06d".formatted(n);
        product.setLong(1, id);
        product.setString(2, sku);
        product.setString(3, sku);
        product.setString(4, sku.toLowerCase(java.util.Locale.ROOT));
        product.setString(5, sku.toLowerCase(java.util.Locale.ROOT));
        product.setString(6, "Product " + n);
        product.setString(7, "product " + n);
        product.addBatch();
        level.setLong(1, id);
        level.setLong(2, n);
        level.addBatch();
    }
}
