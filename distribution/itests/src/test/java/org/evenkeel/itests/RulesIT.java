package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.evenkeel.simulator.Shop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A shop owner decides what stores show: by plans and by rules, in a real browser. One story, told in order. */
@ExtendWith(Browser.Installed.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RulesIT {
    @RegisterExtension
    static final Host HOST = new Host();

    /** More than a page of a plan shows. */
    private static final int MANY = 120;

    private static Stores stores;
    private static Shop harbour;
    private static Browser browser;

    @TempDir
    static Path folder;

    @BeforeAll
    static void aShopThatIsCheckedAndABrowser() throws Exception {
        stores = Stores.of("harbour");
        harbour = stores.shop("harbour");
        stores.list("Storm lantern, brass", "LANTERN", 50);
        stores.list("Enamel mug, white", "MUG", 12);
        stores.list("Something without a number that nobody gave a stock keeping unit to as of yet", null, 3);
        for (int number = 1; number <= MANY; number++) {
            harbour.addProduct("Rope, " + number + " m", String.format("ROPE-%03d", number), 30);
        }
        stores.add(HOST, harbour);
        stores.check(HOST, harbour);
        browser = Browser.open(HOST.address());
        browser.go("/plans");
        browser.type("input[name=password]", HOST.password());
        browser.press("Log in");
        Browser.await().untilAsserted(() -> assertThat(browser.text("h1")).isEqualTo("Plans"));
        browser.picture("plans-empty");
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

    // --- a plan ------------------------------------------------------------------------------------------------------

    @Test
    @Order(1)
    void aPlanIsPagedAndFilteredAndChosenFrom() {
        browser.go("/stores/" + stores.id(harbour));
        browser.press("Plan turning on");
        Browser.await()
                .untilAsserted(
                        () -> assertThat(browser.text(".steps [aria-current]")).isEqualTo("Choose"));
        assertThat(browser.text(".verdict")).contains("Orders may show up here 5 s late");
        assertThat(browser.text("nav.pages")).contains("of 123");
        browser.picture("rules-plan");
        browser.press("Next ›");
        Browser.await()
                .untilAsserted(() -> assertThat(browser.text("nav.pages")).startsWith("‹ Back"));

        browser.type("input[name=q]", "lantern" + Keys.ENTER);
        Browser.await()
                .untilAsserted(() -> assertThat(browser.all("tr[id^=row]")).hasSize(1));
        assertThat(row("LANTERN")).contains("50").contains("new product");
        browser.click("tr[id^=row] select option[value=set]");
        browser.type("tr[id^=row] input[type=number]", "55");
        browser.press("Save the choices of this page");
        Browser.await()
                .untilAsserted(() -> assertThat(browser.text("[role=status]")).startsWith("Chosen."));
        assertThat(row("LANTERN")).as("the filter stays").contains("55").contains("goes up");
        assertThat(browser.all("tr[id^=row]")).hasSize(1);
        browser.picture("rules-plan-chosen");
    }

    @Test
    @Order(2)
    void whatIsFoundIsAFile() throws Exception {
        String link = browser.find("a[download]").getDomAttribute("href");
        String csv = (String) browser.driver()
                .executeAsyncScript(
                        "const done = arguments[1]; fetch(arguments[0]).then(answer => answer.text()).then(done);",
                        link);
        assertThat(csv.lines()).hasSize(2);
        assertThat(csv)
                .startsWith("sku,title,")
                .contains("\"Storm lantern, brass\"")
                .contains("RAISED,SET,55");
    }

    @Test
    @Order(3)
    void appliedItTakesEffectAndUndoneItIsTakenBack() {
        String plan = browser.path();
        browser.press("Apply");
        browser.driver().switchTo().alert().accept();
        Browser.await().untilAsserted(() -> assertThat(browser.text("h1")).startsWith("Run "));
        HOST.api().awaitFigures("LANTERN", "55/0/55");
        awaitShelf("LANTERN", 55);

        browser.go(plan);
        browser.press("Undo");
        Browser.await().untilAsserted(() -> {
            assertThat(browser.path()).isNotEqualTo(plan);
            assertThat(browser.text(".steps [aria-current]")).isEqualTo("Choose");
        });
        assertThat(browser.text(".verdict")).contains("is turned off");
        browser.picture("rules-plan-undo");
        browser.press("Apply");
        browser.driver().switchTo().alert().accept();
        Browser.await().untilAsserted(() -> assertThat(browser.text("h1")).startsWith("Run "));
        awaitShelf("LANTERN", 50);
        eventually()
                .untilAsserted(() -> assertThat(HOST.api().figures("LANTERN")).isEqualTo("never counted"));
        browser.go(plan);
        Browser.await().untilAsserted(() -> assertThat(browser.text("#live")).contains("It was undone by"));
        browser.picture("rules-plan-undone");
        eventually().until(() -> !stores.status(HOST, harbour).path("syncOn").asBoolean());
        stores.turnOn(HOST, harbour);
    }

    // --- rules -------------------------------------------------------------------------------------------------------

    @Test
    @Order(4)
    void aRuleOfAListingIsPreviewedAndSavedAndTheShelfFollows() {
        HOST.api().awaitFigures("LANTERN", "50/0/50");
        browser.go("/rules");
        assertThat(browser.text("main")).contains("No listing has a rule of its own.");
        browser.picture("rules-empty");
        browser.go("/products/" + HOST.api().productId("LANTERN"));
        browser.click("a[title='Change the rule of this listing']");
        browser.type("input[name=buffer]", "x");
        browser.press("See what it would do");
        Browser.await()
                .untilAsserted(() -> assertThat(browser.text("[role=alert]")).startsWith("Nothing was saved."));
        browser.picture("rule-refused");
        browser.type("input[name=buffer]", "8");
        browser.press("See what it would do");
        Browser.await().untilAsserted(() -> assertThat(browser.text("h2")).isEqualTo("What saving it would do"));
        assertThat(browser.text("table.figures tbody tr").replaceAll("\\s+", " "))
                .contains("LANTERN")
                .contains("50 50 42");
        assertThat(Stores.shelf(harbour, "LANTERN")).as("nothing was done yet").isEqualTo(50);
        browser.picture("rule-preview");
        browser.press("Save");
        Browser.await()
                .untilAsserted(() -> assertThat(browser.text("[role=status]")).startsWith("Saved."));
        awaitShelf("LANTERN", 42);
        assertThat(Stores.shelf(harbour, "MUG")).isEqualTo(12);
    }

    @Test
    @Order(5)
    void aRuleOfAStoreHoldsForAllListingsWithoutTheirOwn() {
        browser.go("/rules");
        browser.press("Give it its own");
        browser.type("input[name=share]", "50");
        browser.press("See what it would do");
        Browser.await().untilAsserted(() -> assertThat(browser.text("h2")).isEqualTo("What saving it would do"));
        assertThat(browser.text(".numbers")).contains("121\nlowered");
        browser.picture("rule-of-store-preview");
        browser.press("Save");
        awaitShelf("MUG", 6);
        awaitShelf("ROPE-001", 15);
        assertThat(Stores.shelf(harbour, "LANTERN")).as("its own rule counts").isEqualTo(42);
        browser.go("/rules");
        browser.picture("rules");
    }

    // --- many at once ------------------------------------------------------------------------------------------------

    @Test
    @Order(6)
    void aFileWithAMistakeTakesNoEffectAndNamesIt() throws IOException {
        sendIn("buffer", "twelve");
        assertThat(browser.text("[role=alert]")).startsWith("Nothing of this file takes effect.");
        assertThat(browser.text("table tbody tr:first-child").replaceAll("\\s+", " "))
                .startsWith("2 buffer ")
                .contains("twelve");
        browser.picture("rule-import-problem");
        assertThat(Stores.shelf(harbour, "MUG")).isEqualTo(6);
    }

    @Test
    @Order(7)
    void mendedItIsPreviewedAppliedAndTakenBack() throws IOException {
        sendIn("buffer", "10");
        assertThat(browser.text("h2")).isEqualTo("What it would do");
        assertThat(browser.text("table.figures")).contains("MUG");
        browser.picture("rule-import-ready");
        String imported = browser.path();
        browser.press("Apply 1 rule");
        awaitShelf("MUG", 2);
        browser.go(imported);
        browser.picture("rule-import-applied");
        browser.press("Take it back…");
        Browser.await().untilAsserted(() -> {
            assertThat(browser.path()).isNotEqualTo(imported);
            assertThat(browser.text("h2")).isEqualTo("What it would do");
        });
        browser.press("Apply 1 rule");
        awaitShelf("MUG", 6);
        browser.go("/rule-imports");
        browser.picture("rule-imports");
    }

    /** A file with a rule for the mug, whose one column has that value. */
    private static void sendIn(String column, String value) throws IOException {
        Path file = folder.resolve("rules.csv");
        String text = "scope,store,sku," + column + "\nlisting," + stores.id(harbour) + ",MUG," + value + "\n";
        Files.writeString(file, text, StandardCharsets.UTF_8);
        browser.go("/rules");
        browser.find("input[type=file]").sendKeys(file.toString());
        browser.press("Check it");
        Browser.await().untilAsserted(() -> assertThat(browser.text("h1")).isEqualTo("rules.csv"));
    }

    // --- for everybody -----------------------------------------------------------------------------------------------

    @Test
    @Order(8)
    void noneOfThesePagesScrollsSidewaysOnAPhone() {
        browser.width(Browser.PHONE);
        try {
            for (String page : pages()) {
                browser.go(page);
                browser.find("h1");
                browser.picture("phone" + page.replaceAll("[^a-z0-9]+", "-"));
                assertThat(browser.scrollsSideways())
                        .as(page + " scrolls sideways")
                        .isFalse();
            }
        } finally {
            browser.width(Browser.WIDE);
        }
    }

    private static List<String> pages() {
        String plan = "/plans/"
                + HOST.api().get("plans").path("items").path(0).path("id").asLong();
        return List.of(
                "/rules",
                "/rule?store=" + stores.id(harbour),
                "/rule-imports",
                "/rule-imports/1",
                "/rule-imports/2",
                "/plans",
                plan,
                plan + "?show=orders");
    }

    @Test
    @Order(9)
    void aRuleIsChangedWithTheKeyboardAlone() {
        browser.go("/rule?store=" + stores.id(harbour));
        browser.find("input[name=share]").click();
        WebElement share = browser.driver().switchTo().activeElement();
        share.sendKeys(Keys.chord(Keys.CONTROL, "a"), "100", Keys.ENTER);
        Browser.await().untilAsserted(() -> assertThat(browser.text("h2")).isEqualTo("What saving it would do"));
        browser.find("input[name=share]").sendKeys(Keys.ENTER);
        awaitShelf("MUG", 12);
    }

    @Test
    @Order(10)
    void theBrowserHadNothingToComplainOf() {
        assertThat(browser.complaints())
                .filteredOn(words -> !words.contains("422"))
                .isEmpty();
    }

    private static void awaitShelf(String sku, long wanted) {
        eventually().untilAsserted(() -> assertThat(Stores.shelf(harbour, sku)).isEqualTo(wanted));
    }

    /** The words of a plan's row, with one blank between them. */
    private static String row(String sku) {
        return browser.all("tr[id^=row]").stream()
                .map(WebElement::getText)
                .filter(text -> text.startsWith(sku))
                .findFirst()
                .orElse("")
                .replaceAll("\\s+", " ");
    }
}
