package org.evenkeel.setup.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenkeel.setup.internal.TestHost.KIND;
import static org.evenkeel.setup.internal.TestHost.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.setup.StoreForm;
import org.evenkeel.setup.StoreKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;

/** Stores by form, file and Web Console, in a real framework with the real services. */
class StoreSetupTest {

    private static final String ADMIN = "user:admin";
    private static final String TOKEN = "shpat_0123456789";
    private static final StoreId SHOP = new StoreId("shop-one");

    @TempDir
    Path data;

    private final MemoryRegistry registry = new MemoryRegistry();
    private final MemoryAudit audit = new MemoryAudit();
    private TestHost host;

    /** Whether the component that keeps all configurations in files is there too. */
    boolean besideKeeper() {
        return false;
    }

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(data, registry, audit, besideKeeper());
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    private void restart() throws Exception {
        host.close();
        host = new TestHost(data, registry, audit, besideKeeper());
    }

    private static Map<String, List<String>> values(String... pairs) {
        Map<String, List<String>> values = new HashMap<>();
        values.put("address", List.of("one.example"));
        values.put(".accessToken", List.of(TOKEN));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], List.of(pairs[i + 1]));
        }
        return values;
    }

    private StoreId create() {
        StoreId id = host.setup().create(KIND, "Shop One", values(), ADMIN);
        host.untilInstance("shop-one", "token", TOKEN);
        return id;
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void drawsTheFormFromTheConnectorsMetatype() {
        StoreKind kind = host.setup().kind(KIND).orElseThrow();

        assertThat(host.setup().kinds()).containsExactly(kind);
        assertThat(kind.name()).isEqualTo("Test shop");
        assertThat(kind.description()).isEqualTo("A shop that is none.");
        assertThat(kind.attributes())
                .extracting(StoreKind.Attribute::id)
                .containsExactly("address", ".accessToken", ".second", "pageSize", "share", "drafts", "mode", "tags");
        assertThat(kind.attributes().get(0))
                .isEqualTo(new StoreKind.Attribute(
                        "address",
                        "Address",
                        "Where it is.",
                        StoreKind.Type.TEXT,
                        true,
                        List.of(),
                        List.of(),
                        "3",
                        "60",
                        false));
        assertThat(kind.attributes().get(1).type()).isEqualTo(StoreKind.Type.SECRET);
        assertThat(kind.attributes().get(2).required()).isFalse();
        assertThat(kind.attributes().get(3))
                .returns(StoreKind.Type.WHOLE_NUMBER, StoreKind.Attribute::type)
                .returns(List.of("50"), StoreKind.Attribute::defaults)
                .returns("250", StoreKind.Attribute::max);
        assertThat(kind.attributes().get(4).type()).isEqualTo(StoreKind.Type.DECIMAL);
        assertThat(kind.attributes().get(5).type()).isEqualTo(StoreKind.Type.BOOLEAN);
        assertThat(kind.attributes().get(6).options())
                .containsExactly(new StoreKind.Option("fast", "Fast"), new StoreKind.Option("slow", "Slow"));
        assertThat(kind.attributes().get(7).many()).isTrue();
        assertThat(host.setup().kind("org.example.none")).isEmpty();
    }

    @Test
    void createsAStoreByForm() throws Exception {
        StoreId id = host.setup()
                .create(
                        KIND,
                        " Shop One ",
                        Map.of(
                                "address", List.of("one.example"),
                                ".accessToken", List.of(TOKEN),
                                "pageSize", List.of("100"),
                                "share", List.of("0.5"),
                                "drafts", List.of("true"),
                                "mode", List.of("slow"),
                                "tags", List.of("a,b", "c")),
                        ADMIN);

        assertThat(id).isEqualTo(SHOP);
        assertThat(host.text("shop-one"))
                .contains("$[secret:shop-one.accessToken]", "one.example")
                .doesNotContain(TOKEN);
        assertThat(mode(host.file("shop-one"))).isEqualTo("rw-------");
        assertThat(host.secret("shop-one.accessToken")).hasContent(TOKEN);
        assertThat(mode(host.secret("shop-one.accessToken"))).isEqualTo("rw-------");
        assertThat(mode(host.secret("shop-one.accessToken").getParent())).isEqualTo("rwx------");
        assertThat(registry.find(SHOP).orElseThrow().name()).isEqualTo("Shop One");

        host.untilInstance("shop-one", "token", TOKEN);
        assertThat(host.instance("shop-one").orElseThrow())
                .containsEntry("shown.pid", KIND + "~shop-one")
                .containsEntry("shown.name", "Shop One")
                .containsEntry("shown.address", "one.example")
                .containsEntry("shown.pageSize", 100)
                .containsEntry("shown.share", 0.5)
                .containsEntry("shown.drafts", true)
                .containsEntry("shown.mode", "slow")
                .containsEntry("shown.tags", List.of("a,b", "c"));
        assertThat(host.isRegistered("shop-one")).isTrue();
        until("it is active", () -> host.setup().activationFailure(SHOP).isEmpty());
        assertThat(audit.lines())
                .containsExactly(
                        "user:admin store.created shop-one Test shop; set: .accessToken, address, drafts, mode,"
                                + " pageSize, share, tags");

        StoreForm form = host.setup().form(SHOP).orElseThrow();
        assertThat(form.name()).isEqualTo("Shop One");
        assertThat(form.values())
                .containsEntry("pageSize", List.of("100"))
                .containsEntry("tags", List.of("a,b", "c"))
                .doesNotContainKeys(".accessToken", "evenkeel.store");
        assertThat(form.secretsSet()).containsExactly(".accessToken");
        assertThat(form.toString()).doesNotContain(TOKEN);
    }

    @Test
    void givesEachStoreAnIdOfItsOwnForEver() {
        StoreId first = host.setup().create(KIND, "Bäckerei Groß & Söhne", values(), ADMIN);
        StoreId second = host.setup().create(KIND, "Bäckerei Groß & Söhne", values(), ADMIN);
        host.setup().remove(second, ADMIN);
        StoreId third = host.setup().create(KIND, "Bäckerei Groß & Söhne", values(), ADMIN);

        assertThat(List.of(first, second, third))
                .extracting(StoreId::value)
                .containsExactly("backerei-gross-sohne", "backerei-gross-sohne-2", "backerei-gross-sohne-3");
        assertThat(host.setup().create(KIND, "42", values(), ADMIN).value()).isEqualTo("store-42");
        assertThat(host.setup().create(KIND, "State", values(), ADMIN).value()).isEqualTo("state-2");
        assertThat(host.setup().create(KIND, "商店", values(), ADMIN).value()).isEqualTo("store");
        assertThat(host.setup().create(KIND, "x".repeat(100), values(), ADMIN).value())
                .hasSize(36);
    }

    @Test
    void refusesValuesNamingTheFieldAndLeavesNothingBehind() throws Exception {
        refused("address", "Address is required", values("address", " "));
        refused("address", "Address must have at least 3 characters", values("address", "ab"));
        refused("address", "Address may have at most 60 characters", values("address", "a".repeat(61)));
        refused("address", "Address may hold neither a backslash", values("address", "a\\b.example"));
        refused("address", "Address may hold neither a backslash", values("address", "${user.home}"));
        refused("address", "Address may hold no line breaks", values("address", "one\nexample"));
        refused(".accessToken", "Access token is required", values(".accessToken", ""));
        refused(".accessToken", "Access token must have at least 4 characters", values(".accessToken", "abc"));
        refused("pageSize", "Page size must be at most 250", values("pageSize", "251"));
        refused("pageSize", "Page size must be at least 1", values("pageSize", "0"));
        refused("pageSize", "Page size must be a whole number", values("pageSize", "1.5"));
        refused("share", "Share must be a number", values("share", "half"));
        refused("drafts", "Drafts too must be true or false", values("drafts", "maybe"));
        refused("mode", "Mode must be one of: Fast, Slow", values("mode", "medium"));
        refused("colour", "Test shop has no setting \"colour\"", values("colour", "red"));
        refused("evenkeel.store", "has no setting", values("evenkeel.store", "mine"));
        Map<String, List<String>> two = values();
        two.put("address", List.of("one.example", "two.example"));
        refused("address", "Address takes one value", two);
        for (String name : new String[] {"", "  ", "x".repeat(101), "a\\b", "a\nb", null}) {
            assertThatThrownBy(() -> host.setup().create(KIND, name, values(), ADMIN))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.field()).isEqualTo("name"));
        }
        assertThatThrownBy(() -> host.setup().create("org.example.none", "Shop", values(), ADMIN))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("org.example.none");

        assertThat(registry.stores()).isEmpty();
        assertThat(host.configurationCount()).isZero();
        assertThat(data.resolve("stores")).isEmptyDirectory();
        assertThat(audit.lines()).isEmpty();
    }

    private void refused(String field, String message, Map<String, List<String>> values) {
        assertThatThrownBy(() -> host.setup().create(KIND, "Shop", values, ADMIN))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageContaining(message);
    }

    @Test
    void updatesAStoreByFormAndKeepsASecretThatIsLeftOut() throws Exception {
        create();
        Map<String, List<String>> values = new HashMap<>();
        values.put("address", List.of("two.example"));
        values.put(".accessToken", List.of(""));
        values.put(".second", List.of("another secret"));

        host.setup().update(SHOP, "Shop Uno", values, ADMIN);

        assertThat(host.text("shop-one")).contains("two.example", "Shop Uno").doesNotContain("another secret");
        host.untilInstance("shop-one", "second", "another secret");
        assertThat(host.instance("shop-one").orElseThrow())
                .containsEntry("shown.address", "two.example")
                .containsEntry("shown.token", TOKEN)
                .containsEntry("shown.name", "Shop Uno");
        assertThat(registry.find(SHOP).orElseThrow().name()).isEqualTo("Shop Uno");
        assertThat(audit.lines())
                .last()
                .isEqualTo(
                        "user:admin store.changed shop-one Test shop; changed: .second, address, evenkeel.store.name");

        values.put(".second", List.of());
        host.setup().update(SHOP, "Shop Uno", values, ADMIN);
        host.untilInstance("shop-one", "second", "");
        assertThat(host.secret("shop-one.second")).doesNotExist();

        values.put(".accessToken", List.of());
        assertThatThrownBy(() -> host.setup().update(SHOP, "Shop Uno", values, ADMIN))
                .hasMessageContaining("Access token is required");
    }

    @Test
    void aSecretThatAloneChangesReachesTheInstance() {
        create();

        host.setup().update(SHOP, "Shop One", values(".accessToken", "$[env:nothing] \\ ümlaut"), ADMIN);

        host.untilInstance("shop-one", "token", "$[env:nothing] \\ ümlaut");
    }

    @Test
    void takesASecretFromTheEnvironmentWhenTold() {
        create();

        host.setup().update(SHOP, "Shop One", values(".accessToken", "$[env:PATH]"), ADMIN);

        host.untilInstance("shop-one", "token", System.getenv("PATH"));
    }

    @Test
    void anEditorsEditReachesTheInstanceAndItsCommentsStay() throws Exception {
        create();
        edit("shop-one", "\"one.example\"", "\"edited.example\"\n# by hand\nextra = \"${evenkeel.data}\"");

        host.untilInstance("shop-one", "address", "edited.example");
        assertThat(host.setup().form(SHOP).orElseThrow().values()).containsEntry("address", List.of("edited.example"));

        host.setup().update(SHOP, "Shop One", values("address", "form.example"), ADMIN);
        assertThat(host.text("shop-one")).contains("form.example", "# by hand", "\"${evenkeel.data}\"");
        host.untilInstance("shop-one", "address", "form.example");
        assertThat(host.configuration("shop-one").getProperties().get("extra")).isEqualTo(data.toString());
    }

    /** An editor's edit, by a person who takes longer for it than a few milliseconds. */
    private void edit(String store, String before, String after) throws Exception {
        host.untilEventsAreDelivered();
        String text = host.text(store);
        assertThat(text).contains(before);
        Files.writeString(host.file(store), text.replace(before, after));
    }

    @Test
    void aSecretThatAnEditorTypesIsMovedOutOfSight() throws Exception {
        create();
        edit("shop-one", "$[secret:shop-one.accessToken]", "typed-by-hand");

        host.untilInstance("shop-one", "token", "typed-by-hand");
        until("the file names the secret", () -> host.text("shop-one").contains("$[secret:shop-one.accessToken]"));
        assertThat(host.text("shop-one")).doesNotContain("typed-by-hand");
        assertThat(host.secret("shop-one.accessToken")).hasContent("typed-by-hand");
    }

    @Test
    void anUpdateInTheWebConsoleReachesTheFile() throws Exception {
        create();
        Configuration configuration = host.configuration("shop-one");
        Dictionary<String, Object> properties = configuration.getProperties();
        properties.put("address", "console.example");
        properties.put(".accessToken", "typed-in-console");
        configuration.update(properties);

        host.untilInstance("shop-one", "token", "typed-in-console");
        until("the file follows", () -> host.text("shop-one").contains("console.example"));
        until("the secret is moved", () -> host.text("shop-one").contains("$[secret:shop-one.accessToken]"));
        assertThat(host.secret("shop-one.accessToken")).hasContent("typed-in-console");
    }

    @Test
    void aStoreMadeInTheWebConsoleBecomesAProperOne() throws Exception {
        Configuration made = host.configurations().createFactoryConfiguration(KIND, "?");
        made.update(TestHost.dictionary(Map.of(
                "address", "console.example",
                ".accessToken", TOKEN,
                "evenkeel.store.name", "Console Shop")));

        host.untilInstance("console-shop", "token", TOKEN);

        until("the one it was made from is gone", () -> host.configurationCount() == 1);
        assertThat(host.text("console-shop"))
                .contains("console.example", "$[secret:console-shop.accessToken]")
                .doesNotContain(TOKEN);
        assertThat(registry.find(new StoreId("console-shop")).orElseThrow().name())
                .isEqualTo("Console Shop");
        until(
                "it is recorded",
                () -> audit.lines().equals(List.of("system store.created console-shop by its configuration")));
        until("it has one file", () -> storeFiles().equals(List.of(KIND + "-console-shop.config")));
    }

    @Test
    void aFileThatSomebodyPutsThereBecomesAStore() throws Exception {
        Files.writeString(
                host.file("by-hand"), "address=\"hand.example\"\n.accessToken=\"" + TOKEN + "\"\npageSize=I\"7\"\n");
        Files.writeString(
                data.resolve("stores").resolve(KIND + "-Other Shop.config"),
                "address=other.example\n.accessToken=" + TOKEN + "\n");

        host.untilInstance("by-hand", "token", TOKEN);
        host.untilInstance("other-shop", "address", "other.example");
        until("names", () -> host.text("by-hand").contains("secret:by-hand.accessToken"));

        assertThat(host.instance("by-hand").orElseThrow()).containsEntry("shown.pageSize", 7);
        until("the ledger knows it", () -> registry.find(new StoreId("by-hand")).isPresent());
        assertThat(registry.find(new StoreId("other-shop")).orElseThrow().name())
                .isEqualTo("Other Shop");
        until("files", () -> storeFiles().equals(List.of(KIND + "-by-hand.config", KIND + "-other-shop.config")));
        until("two", () -> host.configurationCount() == 2);
    }

    private List<String> storeFiles() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("stores"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aStoreIsBackAfterARestartWithAnEmptyCache() throws Exception {
        create();

        restart();

        host.untilInstance("shop-one", "token", TOKEN);
        assertThat(host.instance("shop-one").orElseThrow()).containsEntry("shown.address", "one.example");
        assertThat(host.configurationCount()).isEqualTo(1);
        assertThat(audit.lines()).as("nothing happened to it").hasSize(1);
        host.setup().update(SHOP, "Shop One", values("address", "later.example"), ADMIN);
        host.untilInstance("shop-one", "address", "later.example");
    }

    @Test
    void removesAStoreWithItsFileAndSecrets() throws Exception {
        create();

        host.setup().remove(SHOP, ADMIN);

        assertThat(host.file("shop-one")).doesNotExist();
        assertThat(host.secret("shop-one.accessToken")).doesNotExist();
        assertThat(host.configuration("shop-one")).isNull();
        assertThat(host.setup().form(SHOP)).isEmpty();
        assertThat(registry.find(SHOP).orElseThrow().removedAt()).isNotNull();
        until("the instance goes", () -> host.instance("shop-one").isEmpty());
        assertThat(audit.lines()).last().isEqualTo("user:admin store.removed shop-one");
        host.setup().remove(SHOP, ADMIN);
        host.setup().remove(new StoreId("never-there"), ADMIN);
        assertThat(audit.lines()).hasSize(2);
        assertThat(host.setup().activationFailure(SHOP)).isEmpty();

        restart();
        assertThat(host.configurationCount()).isZero();
    }

    @Test
    void saysInWordsWhyAnInstanceIsNotThere() throws Exception {
        StoreId broken = host.setup().create(KIND, "Broken", values("address", "broken"), ADMIN);
        until(
                "it failed",
                () -> host.setup()
                        .activationFailure(broken)
                        .filter(why -> why.startsWith("It could not start"))
                        .isPresent());
        assertThat(host.setup().activationFailure(broken))
                .contains("It could not start: broken is no address, whatever ••• says");

        create();
        Files.delete(host.secret("shop-one.accessToken"));
        assertThat(host.setup().activationFailure(SHOP))
                .hasValueSatisfying(why -> assertThat(why).contains("shop-one.accessToken", "enter it again"));
        host.setup().update(SHOP, "Shop One", values(), ADMIN);
        until("it is well again", () -> host.setup().activationFailure(SHOP).isEmpty());

        edit("shop-one", "one.example", "edited.example");
        host.untilInstance("shop-one", "address", "edited.example");

        host.connectorBundle().stop();
        until("it is away", () -> host.setup().kinds().isEmpty());
        assertThat(host.setup().activationFailure(SHOP))
                .hasValueSatisfying(why -> assertThat(why).contains(KIND, "not there"));
        assertThatThrownBy(() -> host.setup().update(SHOP, "Shop One", values(), ADMIN))
                .isInstanceOf(NotFoundException.class);
        host.setup().remove(broken, ADMIN);
        assertThat(host.file("broken")).doesNotExist();

        Files.delete(host.file("shop-one"));
        until("FileInstall notices", () -> host.configuration("shop-one") == null);
        assertThat(host.setup().activationFailure(SHOP))
                .hasValueSatisfying(why -> assertThat(why).contains("Shop One", "gone"));
        assertThat(registry.find(SHOP).orElseThrow().removedAt())
                .as("a deleted file is no removal")
                .isNull();
    }

    @Test
    void movesSecretsWhenTheConnectorComesLater() throws Exception {
        host.connectorBundle().stop();
        until("it is away", () -> host.setup().kinds().isEmpty());
        Files.writeString(host.file("by-hand"), "address=\"hand.example\"\n.accessToken=\"" + TOKEN + "\"\n");
        until("it is loaded", () -> host.configuration("by-hand") != null);

        host.connectorBundle().start();

        until("the secret is moved", () -> host.text("by-hand").contains("secret:by-hand.accessToken"));
        host.untilInstance("by-hand", "token", TOKEN);
        until("the ledger knows it", () -> registry.find(new StoreId("by-hand")).isPresent());
    }

    @Test
    void aConfigurationDeletedInTheWebConsoleTakesItsFileAlongButNotTheStore() throws Exception {
        create();
        edit("shop-one", "one.example", "edited.example");
        host.untilInstance("shop-one", "address", "edited.example");

        host.configuration("shop-one").delete();

        until("its file goes", () -> Files.notExists(host.file("shop-one")));
        assertThat(registry.find(SHOP).orElseThrow().removedAt()).isNull();
        assertThat(host.secret("shop-one.accessToken")).exists();
        assertThat(host.setup().activationFailure(SHOP))
                .hasValueSatisfying(why -> assertThat(why).contains("Shop One", "gone"));
    }

    @Test
    void anEmptiedConfigurationIsPutBack() throws Exception {
        create();
        edit("shop-one", "one.example", "edited.example");
        host.untilInstance("shop-one", "address", "edited.example");

        host.untilEventsAreDelivered();
        Files.writeString(host.file("shop-one"), "");

        until("the file is back", () -> host.text("shop-one").contains("edited.example"));
        host.untilInstance("shop-one", "address", "edited.example");
        host.untilInstance("shop-one", "token", TOKEN);
    }

    @Test
    void anIdThatAnotherKindOnceHadIsNotUsedAgain() throws Exception {
        registry.register(SHOP, "Old shop", "org.example.other", ADMIN);

        Files.writeString(host.file("shop-one"), "address=\"hand.example\"\n.accessToken=\"" + TOKEN + "\"\n");

        host.untilInstance("shop-one-2", "token", TOKEN);
        until("one", () -> host.configurationCount() == 1);
        assertThat(registry.find(SHOP).orElseThrow().kind()).isEqualTo("org.example.other");
    }

    @Test
    void settlesAfterEachChange() throws Exception {
        create();
        Configuration configuration = host.configuration("shop-one");
        long before = configuration.getChangeCount();
        // A change of another store goes through everything that would chase its own tail.
        host.setup().create(KIND, "Shop Two", values(), ADMIN);
        host.untilInstance("shop-two", "token", TOKEN);
        host.setup().update(new StoreId("shop-two"), "Shop Two", values("address", "two.example"), ADMIN);
        host.untilInstance("shop-two", "address", "two.example");

        assertThat(configuration.getChangeCount()).isEqualTo(before);
    }
}
