package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.CheckReport.Severity;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingEntry;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.StoreListing.Figure;
import org.evenkeel.connector.StoreListing.State;
import org.evenkeel.connector.StoreLocation;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.UnreadableListing;
import org.evenkeel.connector.shopify.ScriptedStore.Answer;
import org.evenkeel.connector.tck.TestCall;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Product;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular of Shopify's listings, locations and checks. */
class ShopifyListingsTest {
    private SimulatedShop store;
    private Shop shop;
    private Variant apples;

    @BeforeEach
    void open() throws IOException {
        store = new SimulatedShop();
        shop = store.shop();
        apples = shop.addProduct("Apples", "APPLES", 100);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aVariantIsAListingAndItsItemTheCounter() throws ConnectorException {
        Variant red = shop.catalogue().addVariant(apples.product(), "Red", "APPLES-RED");
        StoreListing listing = listing("APPLES-RED");
        assertThat(listing.id())
                .isEqualTo(new ListingId(
                        Gid.of("Product", Long.toString(apples.product().id())),
                        Gid.of("ProductVariant", Long.toString(red.id()))));
        assertThat(listing.counter()).isEqualTo(Gid.of("InventoryItem", Long.toString(red.itemId())));
        assertThat(listing.title()).isEqualTo("Apples – Red");
        assertThat(listing("APPLES").title()).isEqualTo("Apples");
        assertThat(listing("APPLES").stateReason()).isEmpty();
    }

    @Test
    void statesAreToldWithTheirReason() throws ConnectorException {
        shop.catalogue().setStatus(apples.product(), Product.Status.DRAFT);
        assertThat(listing("APPLES").state()).isEqualTo(State.DRAFT);
        shop.catalogue().setStatus(apples.product(), Product.Status.ARCHIVED);
        assertThat(listing("APPLES").state()).isEqualTo(State.ARCHIVED);
        assertThat(listing("APPLES").stateReason()).isEqualTo("Its product is archived.");
        shop.catalogue().setStatus(apples.product(), Product.Status.ACTIVE);
        assertThat(listing("APPLES").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void whatShopifyDoesNotCountHasNoFigures() throws ConnectorException {
        shop.catalogue().setTracked(apples, false);
        StoreListing listing = listing("APPLES");
        assertThat(listing.state()).isEqualTo(State.NOT_TRACKED);
        assertThat(listing.stateReason()).isEqualTo("Shopify does not track its quantity.");
        assertThat(listing.figures()).isEmpty();
    }

    @Test
    void aBundlesFigureIsNotItsOwn() throws ConnectorException {
        shop.catalogue().setComposite(apples, true);
        assertThat(listing("APPLES").state()).isEqualTo(State.NOT_TRACKED);
        assertThat(listing("APPLES").stateReason()).startsWith("A bundle of Shopify");
    }

    @Test
    void figuresComePerLocationAndMayBeNegative() throws ConnectorException {
        Location cellar = shop.catalogue().addLocation("Cellar");
        shop.stock().setAvailable(apples, cellar, -3);
        assertThat(listing("APPLES").figures())
                .containsExactlyInAnyOrder(
                        new Figure(gid(shop.catalogue().mainLocation()), 100), new Figure(gid(cellar), -3));
    }

    @Test
    void whatIsNotStockedAtTheOnlyLocationHasNoFigureThere() throws ConnectorException {
        shop.catalogue().addProduct("Pears", "PEARS");
        assertThat(listing("PEARS").state()).isEqualTo(State.ACTIVE);
        assertThat(listing("PEARS").figures()).isEmpty();
        assertThat(listing("APPLES").figures())
                .containsExactly(new Figure(gid(shop.catalogue().mainLocation()), 100));
    }

    @Test
    void aPullThatCannotGoOnIsNotTakenForComplete() throws Exception {
        try (ScriptedStore scripted = new ScriptedStore()) {
            scripted.tell("Locations", Answer.ok("{'locations':{'nodes':[{'id':'l'},{'id':'m'}]}}"));
            scripted.tell("Listings", page(variant(7, "1").replace("ProductVariant/7", "ProductVariant/x"), true));
            assertThatThrownBy(() -> scripted.connector().listings(null, scripted.call()))
                    .isInstanceOf(TransientException.class);
            scripted.tell("Listings", Answer.ok("{'productVariants':null}"));
            assertThatThrownBy(() -> scripted.connector().listings(null, scripted.call()))
                    .isInstanceOf(TransientException.class);
        }
    }

    @Test
    void whatIsNoneOfOurCursorsIsSaidSo() {
        for (String cursor : List.of("", "1 2", "2 1 0 ", "1 x 0 ", "1 1 x ")) {
            assertThatThrownBy(() -> store.connector().listings(cursor, call()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no listing cursor of the Shopify connector");
        }
        assertThat(ListingCursor.parse("1 3 42 ")).isEqualTo(new ListingCursor(3, 42, ""));
        assertThat(ListingCursor.parse("1 1 42 gid://shopify/Location/1"))
                .isEqualTo(new ListingCursor(1, 42, "gid://shopify/Location/1"));
    }

    @Test
    void aLocationThatIsAddedDuringThePullIsFollowed() throws ConnectorException {
        shop.catalogue().addLocation("Shed");
        for (int i = 0; i < 200; i++) {
            shop.addProduct("Product " + i, "SKU-" + i, 1);
        }
        String next = store.connector().listings(null, call()).next();
        assertThat(next).isNotNull();
        Location cellar = shop.catalogue().addLocation("Cellar");
        Variant last = shop.catalogue().variant("SKU-199");
        shop.stock().setAvailable(last, shop.catalogue().location("Shed"), 3);
        shop.stock().setAvailable(last, cellar, 7);
        StoreListing listing = null;
        while (next != null) {
            var page = store.connector().listings(next, call());
            for (ListingEntry entry : page.entries()) {
                listing = (StoreListing) entry;
            }
            next = page.next();
        }
        assertThat(listing.sku()).isEqualTo("SKU-199");
        assertThat(listing.figures()).contains(new Figure(gid(cellar), 7)).hasSize(3);
    }

    /** Shopify ends paging at 25,000 objects, counted along one chain of cursors; so there is no chain. */
    @Test
    void eachPageIsAQueryOfItsOwnAboveTheLastId() throws Exception {
        try (ScriptedStore scripted = new ScriptedStore()) {
            scripted.tell("Locations", Answer.ok("{'locations':{'nodes':[{'id':'l'},{'id':'m'}]}}"));
            scripted.tell("Listings", page(variant(7, "1"), true), page(variant(9, "1"), false));
            String next = scripted.connector().listings(null, scripted.call()).next();
            assertThat(scripted.connector().listings(next, scripted.call()).next())
                    .isNull();
            assertThat(scripted.requests("Listings"))
                    .extracting(
                            request -> request.path("variables").path("query").asText("none"))
                    .containsExactly("none", "id:>7");
            assertThat(Operation.LISTINGS.text()).contains("sortKey: ID").doesNotContain("after");
        }
    }

    @Test
    void figuresAreReadBackPerLocation() throws ConnectorException {
        Location cellar = shop.catalogue().addLocation("Cellar");
        shop.stock().setAvailable(apples, cellar, 7);
        StoreListing listing = listing("APPLES");
        List<FigureTarget> targets = listing.figures().stream()
                .map(figure -> new FigureTarget(listing.id(), listing.counter(), figure.location()))
                .toList();
        assertThat(store.connector().readBack(targets, call()).stream()
                        .collect(Collectors.toMap(r -> r.target().location(), FigureReading::quantity)))
                .containsEntry(gid(cellar), 7L)
                .containsEntry(gid(shop.catalogue().mainLocation()), 100L);
    }

    @Test
    void aListingWithAFractionIsUnreadableAlone() throws Exception {
        try (ScriptedStore scripted = new ScriptedStore()) {
            scripted.tell("Locations", Answer.ok("{'locations':{'nodes':[{'id':'l'},{'id':'m'}]}}"));
            scripted.tell("Listings", page(variant(1, "2.5") + "," + variant(2, "3"), false));
            List<ListingEntry> entries =
                    scripted.connector().listings(null, scripted.call()).entries();
            assertThat(entries.get(0))
                    .isEqualTo(new UnreadableListing(
                            new ListingId("gid://shopify/Product/1", "gid://shopify/ProductVariant/1"),
                            "Shopify sent 2.5 quantity where whole units are due."));
            assertThat(entries.get(1)).isInstanceOf(StoreListing.class);
        }
    }

    // ---- check

    @Test
    void checkTellsTheShopAndItsLocations() throws ConnectorException {
        Location service = shop.catalogue().addLocation("Service", false);
        CheckReport report = store.connector().check(call());
        assertThat(report.account()).isEqualTo("orchard.myshopify.com");
        assertThat(report.storeTime()).isNotNull();
        assertThat(report.locations())
                .contains(
                        new StoreLocation(gid(shop.catalogue().mainLocation()), "Main street", true),
                        new StoreLocation(gid(service), "Service", false));
        assertThat(report.findings())
                .anyMatch(finding ->
                        finding.text().contains("never set") && finding.text().contains("Service"));
    }

    @Test
    void checkNamesWhatIsMissingAndTheWayOut() throws Exception {
        try (ScriptedStore scripted = new ScriptedStore()) {
            scripted.tell(
                    "Check",
                    Answer.ok("{'shop':{'name':'Orchard','myshopifyDomain':'orchard.myshopify.com'},"
                                    + "'currentAppInstallation':{'accessScopes':[{'handle':'read_products'},"
                                    + "{'handle':'write_inventory'},{'handle':'read_orders'}]},"
                                    + "'locations':{'nodes':[],'pageInfo':{'hasNextPage':false}}}")
                            .with("X-Shopify-API-Version", "2026-10"));
            CheckReport report = scripted.connector().check(scripted.call());
            assertThat(report.passed()).isFalse();
            assertThat(texts(report, Severity.ERROR))
                    .contains("The app lacks the scope read_locations.", "The shop has no active location of its own.");
            assertThat(texts(report, Severity.WARNING))
                    .anyMatch(text -> text.contains("read_all_orders"))
                    .anyMatch(text -> text.contains("2026-10 instead of 2026-07"));
            assertThat(report.findings())
                    .filteredOn(finding -> finding.severity() != Severity.OK)
                    .allMatch(finding -> !finding.wayOut().isBlank());
        }
    }

    private static List<String> texts(CheckReport report, Severity severity) {
        return report.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .map(CheckReport.Finding::text)
                .toList();
    }

    private static Answer page(String variants, boolean more) {
        return Answer.ok("{'productVariants':{'nodes':[" + variants + "],'pageInfo':{'hasNextPage':" + more + "}}}");
    }

    private static String variant(int id, String quantity) {
        return "{'id':'gid://shopify/ProductVariant/" + id + "','sku':'S" + id + "','title':'Default Title',"
                + "'requiresComponents':false,'product':{'id':'gid://shopify/Product/" + id
                + "','title':'P','status':'ACTIVE'},'inventoryItem':{'id':'gid://shopify/InventoryItem/" + id
                + "','tracked':true,'inventoryLevels':{'nodes':[{'location':{'id':'l'},'quantities':[{'quantity':"
                + quantity + "}]}],'pageInfo':{'hasNextPage':false}}}}";
    }

    private StoreListing listing(String sku) throws ConnectorException {
        return store.connector().listings(null, call()).entries().stream()
                .map(StoreListing.class::cast)
                .filter(listing -> sku.equals(listing.sku()))
                .findFirst()
                .orElseThrow();
    }

    private static String gid(Location location) {
        return Gid.of("Location", Long.toString(location.id()));
    }

    private static TestCall call() {
        return new TestCall(Duration.ofSeconds(20), new TestCall.State());
    }
}
