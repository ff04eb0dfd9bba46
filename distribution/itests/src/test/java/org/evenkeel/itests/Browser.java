package org.evenkeel.itests;

import static org.evenkeel.itests.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * An installed Chromium, driven by its installed driver. Nothing is downloaded, and the browser is kept from calling anybody
 * but the host under test.
 */
final class Browser implements AutoCloseable {
    static final int WIDE = 1280;
    static final int PHONE = 390;

    private static final List<String> CHROMIUM = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> DRIVER = List.of("chromedriver", "chromium.chromedriver");

    private final ChromeDriver driver;
    private final Path profile;
    private final String base;

    private Browser(ChromeDriver driver, Path profile, String base) {
        this.driver = driver;
        this.profile = profile;
        this.base = base;
    }

    /**
     * Leaves out, with a word, tests that want a browser where no Chromium is installed, and before anything was started for
     * them; in CI they fail.
     */
    static final class Installed implements ExecutionCondition {
        private static final String WORDS =
                "No Chromium with its driver is installed: what a browser shows is not tested."
                        + " Install the packages chromium and chromium-driver.";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (installed(CHROMIUM).isPresent() && installed(DRIVER).isPresent()) {
                return ConditionEvaluationResult.enabled("Chromium and its driver are installed.");
            }
            if ("true".equals(System.getenv("CI"))) {
                return fail(WORDS);
            }
            // The runner counts what is left out, but keeps the reason to itself.
            System.out.println(context.getDisplayName() + " is skipped. " + WORDS);
            return ConditionEvaluationResult.disabled(WORDS);
        }
    }

    static Browser open(String base) throws IOException {
        Path profile = Files.createTempDirectory("evenkeel-browser");
        ChromeOptions options = new ChromeOptions()
                .setBinary(installed(CHROMIUM).orElseThrow().toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--no-first-run",
                        "--no-default-browser-check",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-extensions",
                        "--hide-scrollbars",
                        "--lang=en-GB",
                        "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installed(DRIVER).orElseThrow().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options), profile, base);
        browser.width(WIDE);
        return browser;
    }

    private static Optional<Path> installed(List<String> names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return names.stream()
                .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    ChromeDriver driver() {
        return driver;
    }

    static ConditionFactory await() {
        return eventually().pollInterval(Duration.ofMillis(50)).ignoreExceptions();
    }

    void go(String path) {
        driver.get(base + path.substring(1));
    }

    String path() {
        return java.net.URI.create(driver.getCurrentUrl()).getPath();
    }

    /** Waits for an element; a page may just be on its way. */
    WebElement find(String selector) {
        return await().until(() -> driver.findElement(By.cssSelector(selector)), element -> element != null);
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** What an element shows. Found and read in one step: a live part of the page may be replaced at any moment. */
    String text(String selector) {
        Object text = driver.executeScript(
                "const found = document.querySelector(arguments[0]); return found && found.innerText.trim();",
                selector);
        if (text == null) {
            throw new NoSuchElementException(selector + " is not on the page " + path());
        }
        return (String) text;
    }

    void type(String selector, String text) {
        await().until(() -> {
            WebElement field = driver.findElement(By.cssSelector(selector));
            field.clear();
            field.sendKeys(text);
            return true;
        });
    }

    /** Clicks on an element, whichever stands there by now. */
    void click(String selector) {
        await().until(() -> {
            driver.findElement(By.cssSelector(selector)).click();
            return true;
        });
    }

    /** The first button whose words are these. */
    void press(String words) {
        await().until(() -> {
            driver.findElement(By.xpath("//*[self::button or self::a][normalize-space()='" + words + "']"))
                    .click();
            return true;
        });
    }

    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", pixels < 600));
        driver.manage().window().setSize(new Dimension(Math.max(pixels, 500), 900));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    Object script(String script) {
        return driver.executeScript(script);
    }

    /** Whether the page as a whole is wider than the window; tables may scroll inside of it. */
    boolean scrollsSideways() {
        return (Boolean) script("return document.documentElement.scrollWidth > window.innerWidth");
    }

    /** Mistakes of scripts, refused resources and the like. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Saves what is seen below {@code target}, for a person to look at. */
    void picture(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "pictures"));
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> entries = Files.walk(profile)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        }
    }
}
