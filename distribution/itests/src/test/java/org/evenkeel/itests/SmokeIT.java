package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.evenkeel.simulator.Shop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.WebElement;

/** A person's first day with the distribution, in a real browser: one story, told in order. */
@ExtendWith(Browser.Installed.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SmokeIT {
    @RegisterExtension
    static final Host HOST = new Host();

    private static Stores stores;
    private static Shop harbour;
    private static Browser browser;

    @BeforeAll
    static void aShopAndABrowser() throws Exception {
        stores = Stores.of("harbour", "market");
        harbour = stores.shop("harbour");
        stores.list("Storm lantern, brass", "LANTERN", 50);
        stores.list("Enamel mug, white", "MUG", 12);
        browser = Browser.open(HOST.address());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (stores != null) {
            stores.close();
        }
    }

    @Test
    @Order(1)
    void aWrongPasswordIsRefusedInWords() {
        browser.go("/products");
        assertThat(browser.path()).isEqualTo("/login");
        browser.type("input[name=password]", "wrong");
        browser.press("Log in");
        Browser.await()
                .untilAsserted(() -> assertThat(browser.text("[role=alert]")).isEqualTo("Name or password is wrong."));
        browser.picture("log-in-refused");
    }

    @Test
    @Order(2)
    void theRightOneOpensThePageThatWasAskedFor() throws Exception {
        browser.type("input[name=password]", HOST.password());
        browser.press("Log in");
        Browser.await().untilAsserted(() -> assertThat(browser.text("h1")).isEqualTo("Products"));
        assertThat(browser.path()).isEqualTo("/products");
        assertThat(browser.text("main")).contains("There is no product yet.");
        browser.picture("products-empty");
    }

    @Test
    @Order(3)
    void aStoreIsAddedByItsFormAndChecked() {
        browser.go("/stores");
        browser.press("Add");
        browser.type("form.form input[name=name]", "Harbour Shop");
        browser.type("[name='attribute.shop']", stores.address(harbour));
        browser.type("[name='attribute..accessToken']", harbour.token());
        HOST.keepSecret(harbour.token());
        browser.picture("store-form");
        browser.press("Save");
        Browser.await().untilAsserted(() -> assertThat(browser.text("h1")).isEqualTo("Harbour Shop"));
        assertThat(browser.text("[role=status]")).contains("Saved as a draft");

        checkUntilItPasses();
        browser.picture("store-checked");
    }

    @Test
    @Order(4)
    void aPlanShowsWhatTurningOnWouldDoAndIsChosenFromAndApplied() {
        browser.press("Plan turning on");
        Browser.await()
                .untilAsserted(
                        () -> assertThat(browser.text(".steps [aria-current]")).isEqualTo("Choose"));
        assertThat(row("LANTERN")).contains("50").contains("new product");
        browser.picture("plan");
        assertThat(HOST.api().figures("LANTERN")).as("nothing was done yet").isEqualTo("none");

        browser.find("tr[id^=row]:first-child select option[value=set]").click();
        browser.type("tr[id^=row]:first-child input[type=number]", "55");
        browser.press("Save the choices of this page");
        Browser.await()
                .untilAsserted(() -> assertThat(browser.text("[role=status]")).startsWith("Chosen."));
        assertThat(row("LANTERN")).contains("55").contains("goes up");
        browser.picture("plan-chosen");

        browser.press("Apply");
        browser.driver().switchTo().alert().accept();
        Browser.await().untilAsserted(() -> assertThat(browser.text("h1")).startsWith("Run "));
        HOST.api().awaitFigures("LANTERN", "55/0/55");
        eventually()
                .untilAsserted(
                        () -> assertThat(Stores.shelf(harbour, "LANTERN")).isEqualTo(55));
        browser.go("/stores/harbour-shop");
        Browser.await().untilAsserted(() -> assertThat(browser.text("#live")).contains("level"));
        browser.picture("store-on");
        HOST.api().set("LANTERN", 50);
    }

    /** The instance may still be on its way when the first check is asked for. */
    private static void checkUntilItPasses() {
        Browser.await().until(() -> {
            browser.press("Check");
            return browser.driver().getPageSource().contains("The check passed.");
        });
    }

    @Test
    @Order(5)
    void figuresMoveWithoutLoadingThePageAgain() {
        browser.go("/products");
        Browser.await().untilAsserted(() -> assertThat(row("LANTERN")).contains("50 0 50"));
        browser.script("window.loadedOnce = true");
        connectMarket();
        harbour.order(Stores.variant(harbour, "LANTERN"), 4);
        HOST.api().post("stores/harbour-shop/refresh", null);
        Browser.await().untilAsserted(() -> assertThat(row("LANTERN")).contains("50 4 46"));
        assertThat(browser.script("return window.loadedOnce")).isEqualTo(true);
        assertThat(Stores.shelf(harbour, "LANTERN")).isEqualTo(46);
        eventually()
                .untilAsserted(() -> assertThat(Stores.shelf(stores.shop("market"), "LANTERN"))
                        .isEqualTo(46));
        browser.picture("products-live");
    }

    private static void connectMarket() {
        stores.connect(HOST, stores.shop("market"));
    }

    @Test
    @Order(6)
    void anAdjustmentOnThePageReachesTheShelf() {
        browser.go("/products");
        browser.press("LANTERN");
        browser.click("form.adjust select[name=kind] option[value=set]");
        browser.type("form.adjust input[name=quantity]", "60");
        browser.type("form.adjust input[name=reason]", "count");
        browser.press("Post");
        Browser.await()
                .untilAsserted(
                        () -> assertThat(browser.text("[role=status]")).isEqualTo("In Stock is 60 now, Available 56."));
        stores.awaitShelves("LANTERN", 56);
        Browser.await().untilAsserted(() -> assertThat(browser.text("#live")).contains("level"));
        assertThat(browser.text("#journal")).contains("count").contains("+10");
        browser.picture("product");
    }

    @Test
    @Order(7)
    void aFormFromAnotherSessionIsRefused() throws Exception {
        Page page = HOST.page();
        long product = HOST.api().productId("LANTERN");
        Map<String, String> form = Map.of(
                "do",
                "adjust",
                "kind",
                "set",
                "quantity",
                "1",
                "version",
                "0",
                "location",
                "1",
                "key",
                "k",
                "csrf",
                "x");
        HttpResponse<String> refused = page.send("/products/" + product, form);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(HOST.api().figures("LANTERN")).isEqualTo("60/4/56");
    }

    @Test
    @Order(8)
    void noPageScrollsSidewaysOnAPhone() {
        browser.width(Browser.PHONE);
        try {
            for (Map.Entry<String, String> page : pages().entrySet()) {
                browser.go(page.getValue());
                browser.find("h1");
                browser.picture("phone-" + page.getKey());
                assertThat(browser.scrollsSideways())
                        .as(page.getValue() + " scrolls sideways")
                        .isFalse();
            }
        } finally {
            browser.width(Browser.WIDE);
        }
    }

    @Test
    @Order(9)
    void everyPageIsThereInTheDarkToo() {
        browser.dark(true);
        try {
            for (Map.Entry<String, String> page : pages().entrySet()) {
                browser.go(page.getValue());
                WebElement body = browser.find("body");
                assertThat(brightness(body.getCssValue("background-color"))).isLessThan(80);
                assertThat(brightness(body.getCssValue("color"))).isGreaterThan(170);
                browser.picture("dark-" + page.getKey());
            }
        } finally {
            browser.dark(false);
        }
        for (Map.Entry<String, String> page : pages().entrySet()) {
            browser.go(page.getValue());
            assertThat(brightness(browser.find("body").getCssValue("background-color")))
                    .isGreaterThan(200);
            browser.picture("light-" + page.getKey());
        }
    }

    @Test
    @Order(10)
    void thePagesWorkWithTheKeyboardAlone() {
        browser.go("/products");
        browser.find("body").sendKeys("/");
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("name"))
                .isEqualTo("q");
        browser.driver().switchTo().activeElement().sendKeys("mug\n");
        Browser.await().untilAsserted(() -> assertThat(row("MUG")).contains("12 0 12"));
        assertThat(browser.all("#live tbody tr")).hasSize(1);
    }

    @Test
    @Order(11)
    void theBrowserHadNothingToComplainOf() {
        assertThat(browser.complaints())
                // The refused log-in is told to the console by the browser itself.
                .filteredOn(words -> !words.contains("/login") && !words.contains("401"))
                .isEmpty();
    }

    private static Map<String, String> pages() {
        JsonNode run = HOST.api().get("runs").path("items").path(0);
        Map<String, String> pages = new java.util.LinkedHashMap<>();
        pages.put("products", "/products");
        pages.put("product", "/products/" + HOST.api().productId("LANTERN"));
        pages.put("stores", "/stores");
        pages.put("store", "/stores/harbour-shop");
        pages.put("store-form", "/store-form?kind=" + Stores.KIND);
        pages.put("orders", "/orders");
        pages.put("inbox", "/inbox");
        pages.put("audit", "/audit");
        pages.put("account", "/account");
        pages.put("run", "/runs/" + run.path("id").asLong());
        pages.put("store-settings", "/store-settings?store=harbour-shop");
        pages.put("plans", "/plans");
        pages.put(
                "plan",
                "/plans/"
                        + HOST.api()
                                .get("plans")
                                .path("items")
                                .path(0)
                                .path("id")
                                .asLong());
        return pages;
    }

    /** The words of a product's row, with one blank between them. */
    private static String row(String sku) {
        return browser.all("#live tbody tr").stream()
                .map(WebElement::getText)
                .filter(text -> text.startsWith(sku))
                .findFirst()
                .orElse("")
                .replaceAll("\\s+", " ");
    }

    private static int brightness(String color) {
        String[] parts = color.replaceAll("[^0-9.,]", "").split(",");
        return (int) ((Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]) + Double.parseDouble(parts[2])) / 3);
    }
}
