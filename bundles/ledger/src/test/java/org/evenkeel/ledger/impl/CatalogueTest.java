package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import java.util.List;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.ProductQuery;
import org.evenkeel.ledger.ProductQuery.Filter;
import org.evenkeel.ledger.ProductQuery.Sort;
import org.evenkeel.ledger.ProductRow;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;

/** Products and stores. */
class CatalogueTest {
    private static final PageRequest FIRST = new PageRequest(0, 50);

    @LedgerTest
    void aProductOwnsItsCodeWithoutRegardToCase(TestLedger ledger) {
        ProductId product = ledger.product("Straße 1");
        assertThat(ledger.catalogue().productBySku(new Sku("STRASSE  1")))
                .get()
                .extracting(Product::id)
                .isEqualTo(product);
        assertThatThrownBy(() -> ledger.product("strasse 1"))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.reason()).isEqualTo(ConflictException.Reason.EXISTS));
        assertThat(ledger.catalogue().productBySku(new Sku("strasse"))).isEmpty();
        assertThat(ledger.catalogue().product(product).orElseThrow().sku().raw())
                .isEqualTo("Straße 1");
    }

    @LedgerTest
    void anExactMatchBeatsAFoldedMatch(TestLedger ledger) {
        ProductId lower = ledger.product("abc");
        ProductId upper = ledger.product("xyz");
        // As a split leaves it: the one that was split off claims its exact code.
        ledger.sql("update product set sku = 'ABC', canonical = 'ABC', folded = 'abc', claim = ' ABC' where id = "
                + upper);
        assertThat(owner(ledger, "abc")).isEqualTo(lower);
        assertThat(owner(ledger, "ABC")).isEqualTo(upper);
        assertThat(owner(ledger, "Abc")).isEqualTo(lower);
    }

    private static ProductId owner(TestLedger ledger, String sku) {
        return ledger.catalogue().productBySku(new Sku(sku)).orElseThrow().id();
    }

    @LedgerTest
    void aProductIsRenamedAndNamedByItsCodeWhenItHasNoName(TestLedger ledger) {
        Product product = ledger.catalogue().createProduct(new Sku("P"), " ", TestLedger.ACTOR);
        assertThat(product.name()).isEqualTo("P");
        assertThat(ledger.catalogue()
                        .renameProduct(product.id(), "Pear\u0000", TestLedger.ACTOR)
                        .name())
                .isEqualTo("Pear\uFFFD");
        assertThatThrownBy(() -> ledger.catalogue().renameProduct(product.id(), "", TestLedger.ACTOR))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ledger.catalogue().renameProduct(new ProductId(999_999), "x", TestLedger.ACTOR))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ledger.product("nul\u0000")).isInstanceOf(InvalidInputException.class);
    }

    @LedgerTest
    void productsAreSearchedFilteredSortedAndPaged(TestLedger ledger) {
        ProductId apple = ledger.product("A-1", 10);
        ProductId pear = ledger.product("b_2", 5);
        ProductId plum = ledger.product("C-3");
        ledger.apply(AnOrder.of("1").line("a", "b_2", ordered(7)).snapshot());

        assertThat(ids(ledger, "", Filter.ALL, Sort.SKU, false)).containsExactly(apple, pear, plum);
        assertThat(ids(ledger, "", Filter.ALL, Sort.NAME, true)).containsExactly(plum, pear, apple);
        assertThat(ids(ledger, "", Filter.ALL, Sort.IN_STOCK, true)).containsExactly(apple, pear, plum);
        assertThat(ids(ledger, "", Filter.ALL, Sort.AVAILABLE, false)).containsExactly(pear, plum, apple);
        assertThat(ids(ledger, "", Filter.ALL, Sort.BOOKED, true)).startsWith(pear);
        assertThat(ids(ledger, "", Filter.ALL, Sort.INCOMING, false)).hasSize(3);
        assertThat(ids(ledger, "", Filter.ALL, Sort.LISTINGS, false)).hasSize(3);
        assertThat(ids(ledger, "", Filter.OVERSOLD, Sort.SKU, false)).containsExactly(pear);
        assertThat(ids(ledger, "", Filter.UNOPENED, Sort.SKU, false)).containsExactly(plum);
        assertThat(ids(ledger, "", Filter.ARCHIVED, Sort.SKU, false)).isEmpty();
        assertThat(ids(ledger, "B_", Filter.ALL, Sort.SKU, false)).containsExactly(pear);
        assertThat(ids(ledger, "product a", Filter.ALL, Sort.SKU, false)).containsExactly(apple);
        assertThat(ids(ledger, "%", Filter.ALL, Sort.SKU, false)).isEmpty();

        Page<ProductRow> second =
                ledger.catalogue().products(new ProductQuery("", Filter.ALL, Sort.SKU, false, new PageRequest(1, 1)));
        assertThat(second.total()).isEqualTo(3);
        assertThat(second.hasMore()).isTrue();
        assertThat(second.items()).singleElement().satisfies(row -> {
            assertThat(row.product().id()).isEqualTo(pear);
            assertThat(List.of(row.inStock(), row.booked(), row.available(), row.forSale()))
                    .containsExactly(5L, 7L, -2L, 0L);
        });
        assertThat(ledger.catalogue().productRow(new ProductId(999_999))).isEmpty();
    }

    private static List<ProductId> ids(TestLedger ledger, String text, Filter filter, Sort sort, boolean descending) {
        return ledger.catalogue().products(new ProductQuery(text, filter, sort, descending, FIRST)).items().stream()
                .map(row -> row.product().id())
                .toList();
    }

    // --- stores ------------------------------------------------------------------------------------------------------

    @LedgerTest
    void aStoreKeepsItsIdAndHistoryWhenItIsRemovedAndComesBack(TestLedger ledger) {
        StoreId id = TestLedger.SHOP;
        ledger.stores().describe(id, "shop.example", true);
        Store removed = ledger.stores().remove(id, TestLedger.ACTOR);
        assertThat(removed.syncOn()).isFalse();
        assertThat(removed.removedAt()).isNotNull();
        assertThatThrownBy(() -> ledger.stores().turnOn(id, TestLedger.TURNED_ON, false, TestLedger.ACTOR))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("removed");

        Store back = ledger.stores().register(id, "Back", "test.connector", TestLedger.ACTOR);
        assertThat(back.removedAt()).isNull();
        assertThat(back.name()).isEqualTo("Back");
        assertThat(back.account()).isEqualTo("shop.example");
        assertThat(back.onHandFigures()).isTrue();
        assertThat(back.firstTurnedOnAt()).isEqualTo(TestLedger.TURNED_ON);
        assertThatThrownBy(() -> ledger.stores().register(id, "Other", "another.connector", TestLedger.ACTOR))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> ledger.stores().turnOff(new StoreId("nobody"), TestLedger.ACTOR))
                .isInstanceOf(NotFoundException.class);
    }

    @LedgerTest
    void storesAreListedByNameRemovedOnesLast(TestLedger ledger) {
        ledger.stores().register(new StoreId("b"), "beta", "k", TestLedger.ACTOR);
        ledger.stores().register(new StoreId("c"), "Alpha", "k", TestLedger.ACTOR);
        ledger.stores().remove(new StoreId("c"), TestLedger.ACTOR);
        assertThat(ledger.stores().stores())
                .extracting(store -> store.id().value())
                .containsExactly("b", "shop", "c");
        ledger.told();
        ledger.stores().register(new StoreId("b"), "beta", "k", TestLedger.ACTOR);
        assertThat(ledger.told()).isEmpty();
    }
}
