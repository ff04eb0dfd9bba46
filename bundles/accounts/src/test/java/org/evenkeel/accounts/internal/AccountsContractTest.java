package org.evenkeel.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.evenkeel.accounts.Accounts.LogIn;
import org.evenkeel.accounts.Accounts.Session;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.accounts.Principal;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the API promises, on each database. */
class AccountsContractTest {

    private static final String HERE = "192.0.2.1";
    private static final int ITERATIONS = 1_000;

    @TempDir
    Path data;

    private final ManualClock clock = new ManualClock();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private TestDatabase database;
    private AccountsUnit unit;
    private Sessions sessions;
    private DatabaseAuditLog audit;
    private AccountsService accounts;
    private AdminPassword admin;

    private void start(TestVendor vendor, boolean terminal) throws IOException {
        database = vendor.open();
        sessions = new Sessions();
        unit = new AccountsUnit(database.database());
        audit = new DatabaseAuditLog(unit, Duration.ofDays(30), 1_000, clock);
        PasswordFile file = new PasswordFile(data);
        AccountsSettings settings = new AccountsSettings(
                new Sessions.Limits(Duration.ofHours(12), Duration.ofDays(30)), 5, 20, Duration.ofMinutes(5), 12);
        PasswordHash hashes = new PasswordHash(ITERATIONS, new SecureRandom());
        accounts = new AccountsService(unit, sessions, audit, settings, hashes, file, clock);
        admin = new AdminPassword(
                unit,
                sessions,
                audit,
                hashes,
                file,
                terminal,
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                clock);
        admin.look();
    }

    @AfterEach
    void stop() {
        admin.close();
        audit.close();
        unit.close();
        database.close();
    }

    private Path passwordFile() {
        return data.resolve("initial-password");
    }

    private String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    private Session logIn(String password) {
        LogIn logIn = accounts.logIn("admin", password, HERE);
        assertThat(logIn).isInstanceOf(LogIn.Opened.class);
        return ((LogIn.Opened) logIn).session();
    }

    private List<String> audited() {
        return audit.entries("", 0, 100).stream()
                .map(entry -> entry.actor() + " " + entry.action() + " " + entry.subject())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void makesTheAdministratorOnceAndKeepsThePasswordForItsOwner(TestVendor vendor) throws Exception {
        start(vendor, false);
        String password = password();

        admin.look();

        assertThat(password()).isEqualTo(password).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile())))
                .isEqualTo("rw-------");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(passwordFile().toString())
                .doesNotContain(password);
        assertThat(logIn(password).principal()).isEqualTo(new Principal("user:admin", "admin", Scope.ADMIN));
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void showsAPasswordThatAnEarlierRunWasStoppedBeforeShowing(TestVendor vendor) throws Exception {
        start(vendor, false);
        String password = password();
        Files.move(passwordFile(), data.resolve("initial-password.tmp"));

        admin.look();

        assertThat(password()).isEqualTo(password);
        assertThat(data.resolve("initial-password.tmp")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void printsThePasswordAtATerminalAndWritesItNowhere(TestVendor vendor) throws Exception {
        start(vendor, true);

        String line = printed.toString(StandardCharsets.UTF_8);
        String password = line.replaceFirst("(?s).* password (\\S+) .*", "$1");

        assertThat(line.lines()).hasSize(1);
        assertThat(passwordFile()).doesNotExist();
        assertThat(logIn(password)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void resetsThePasswordOnRequestAndEndsSessions(TestVendor vendor) throws Exception {
        start(vendor, false);
        String old = password();
        Session session = logIn(old);
        Files.createFile(data.resolve("reset-password"));

        admin.look();

        assertThat(data.resolve("reset-password")).doesNotExist();
        assertThat(password()).isNotEqualTo(old);
        assertThat(accounts.session(session.id())).isEmpty();
        assertThat(accounts.logIn("admin", old, HERE)).isInstanceOf(LogIn.Refused.class);
        assertThat(logIn(password())).isNotNull();
        assertThat(audited()).contains("system password.reset admin");
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void refusesAWrongPasswordAndAnUnknownNameAlike(TestVendor vendor) throws Exception {
        start(vendor, false);

        assertThat(accounts.logIn("admin", "wrong", HERE)).isEqualTo(new LogIn.Refused());
        assertThat(accounts.logIn("hunter2-in-the-wrong-field", password(), HERE))
                .isEqualTo(new LogIn.Refused());
        assertThat(accounts.logIn(null, null, null)).isEqualTo(new LogIn.Refused());
        assertThat(accounts.logIn("admin", "x".repeat(5_000), HERE)).isEqualTo(new LogIn.Refused());

        assertThat(audited()).contains("system login.refused admin", "system login.refused (unknown name)");
        assertThat(audit.count("hunter2")).as("what was typed as a name").isZero();
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void takesTheNameHoweverItIsTyped(TestVendor vendor) throws Exception {
        start(vendor, false);

        assertThat(accounts.logIn(" Admin ", password(), HERE)).isInstanceOf(LogIn.Opened.class);
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void makesAnAddressWaitAfterTooManyFailures(TestVendor vendor) throws Exception {
        start(vendor, false);
        for (int i = 0; i < 5; i++) {
            assertThat(accounts.logIn("admin", "wrong", HERE)).isInstanceOf(LogIn.Refused.class);
        }

        assertThat(accounts.logIn("admin", password(), HERE)).isEqualTo(new LogIn.TooMany(Duration.ofMinutes(5)));
        assertThat(accounts.logIn("admin", password(), HERE)).isInstanceOf(LogIn.TooMany.class);
        assertThat(accounts.logIn("admin", password(), "192.0.2.2")).isInstanceOf(LogIn.Opened.class);
        assertThat(audit.count("login.limited")).as("one entry per lock").isEqualTo(1);

        clock.advance(Duration.ofMinutes(5));
        assertThat(accounts.logIn("admin", password(), HERE)).isInstanceOf(LogIn.Opened.class);
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void makesANameWaitWhenManyAddressesGuess(TestVendor vendor) throws Exception {
        start(vendor, false);
        for (int i = 0; i < 20; i++) {
            accounts.logIn("admin", "wrong", "198.51.100." + i);
        }

        assertThat(accounts.logIn("ADMIN", password(), HERE)).isInstanceOf(LogIn.TooMany.class);
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void guessesSideBySideCannotOutrunTheCount(TestVendor vendor) throws Exception {
        start(vendor, false);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<LogIn>> guesses = IntStream.range(0, 40)
                    .mapToObj(i ->
                            CompletableFuture.supplyAsync(() -> accounts.logIn("admin", "guess " + i, HERE), threads))
                    .toList();

            assertThat(guesses.stream().map(CompletableFuture::join).filter(LogIn.Refused.class::isInstance))
                    .hasSizeLessThanOrEqualTo(5);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void keepsASessionUntilItIsEndedOrIdle(TestVendor vendor) throws Exception {
        start(vendor, false);
        Session session = logIn(password());

        assertThat(session.id()).hasSize(43).isNotEqualTo(session.csrf());
        assertThat(session.toString()).doesNotContain(session.id(), session.csrf());
        assertThat(accounts.session(session.id())).map(Session::csrf).contains(session.csrf());
        assertThat(accounts.session("nonsense")).isEmpty();
        assertThat(accounts.session(null)).isEmpty();

        accounts.logOut(session.id());
        accounts.logOut(session.id());
        assertThat(accounts.session(session.id())).isEmpty();
        assertThat(audited().stream().filter("user:admin logout admin"::equals)).hasSize(1);

        Session idle = logIn(password());
        clock.advance(Duration.ofHours(12));
        assertThat(accounts.session(idle.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void changesThePasswordAndEndsTheOtherSessions(TestVendor vendor) throws Exception {
        start(vendor, false);
        String old = password();
        Session here = logIn(old);
        Session elsewhere = logIn(old);

        assertThat(accounts.changePassword(here, "wrong", "a new long password"))
                .contains("The present password is wrong.");
        assertThat(accounts.changePassword(here, old, "short"))
                .hasValueSatisfying(why -> assertThat(why).contains("at least 12"));
        assertThat(accounts.changePassword(here, old, old)).isPresent();
        assertThat(accounts.changePassword(here, old, "aaaaaaaaaaaaaa")).isPresent();
        assertThat(accounts.session(elsewhere.id())).as("refusals end nothing").isPresent();

        assertThat(accounts.changePassword(here, old, "a new long password")).isEmpty();

        assertThat(accounts.session(here.id())).isPresent();
        assertThat(accounts.session(elsewhere.id())).isEmpty();
        assertThat(accounts.logIn("admin", old, HERE)).isInstanceOf(LogIn.Refused.class);
        assertThat(logIn("a new long password")).isNotNull();
        assertThat(passwordFile()).as("no longer valid").doesNotExist();
        assertThat(accounts.changePassword(elsewhere, "a new long password", "yet another password"))
                .hasValueSatisfying(why -> assertThat(why).contains("log in again"));
        assertThat(audited()).contains("user:admin password.changed admin", "user:admin password.refused admin");
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void hashesAWeakerPasswordAnewAtTheNextLogIn(TestVendor vendor) throws Exception {
        start(vendor, false);
        Users users = new Users(unit);
        UserEntity user = users.find("admin").orElseThrow();
        users.replaceHash(
                user.id,
                user.passwordHash,
                new PasswordHash(10, new SecureRandom()).hash("an old password"),
                clock.instant());

        logIn("an old password");

        assertThat(users.find("admin").orElseThrow().passwordHash).startsWith("pbkdf2-sha256$" + ITERATIONS + "$");
        logIn("an old password");
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void makesKnowsAndRevokesTokens(TestVendor vendor) throws Exception {
        start(vendor, false);
        Principal by = logIn(password()).principal();

        String secret = accounts.createToken(" till ", Scope.WRITE, by);

        assertThat(secret).startsWith("evk_").hasSize(47);
        assertThat(accounts.token(secret, HERE)).contains(new Principal("token:till", "till", Scope.WRITE));
        assertThat(accounts.token(secret + "x", HERE)).isEmpty();
        assertThat(accounts.token("evk_", HERE)).isEmpty();
        assertThat(accounts.token(null, HERE)).isEmpty();
        assertThat(accounts.tokens()).singleElement().satisfies(token -> {
            assertThat(token.name()).isEqualTo("till");
            assertThat(token.lastUsedAt()).isEqualTo(clock.instant());
        });
        String kept =
                unit.call(session -> session.createSelectionQuery("select t.secretHash from Token t", String.class)
                        .getSingleResult());
        assertThat(kept).hasSize(64).doesNotContain(secret.substring(4));

        long id = accounts.tokens().get(0).id();
        accounts.revokeToken(id, by);
        accounts.revokeToken(id, by);
        assertThat(accounts.token(secret, HERE)).isEmpty();
        assertThat(audited())
                .contains("user:admin token.created till", "user:admin token.revoked till")
                .filteredOn(line -> line.contains("token.re"))
                .as("one refusal per address and lock time, one revocation")
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void refusesTokensThatCannotBeMeant(TestVendor vendor) throws Exception {
        start(vendor, false);
        Principal by = logIn(password()).principal();
        accounts.createToken("till", Scope.READ, by);

        for (String name : new String[] {"", "  ", "x".repeat(61), "a\nb", null}) {
            assertThatThrownBy(() -> accounts.createToken(name, Scope.READ, by))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 60");
        }
        assertThatThrownBy(() -> accounts.createToken("TILL", Scope.READ, by))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TILL");
        assertThatThrownBy(() ->
                        accounts.createToken("more", Scope.ADMIN, new Principal("token:till", "till", Scope.WRITE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void keepsEverythingButSessionsOverARestart(TestVendor vendor) throws Exception {
        start(vendor, false);
        String password = password();
        String token = accounts.createToken("till", Scope.READ, logIn(password).principal());
        unit.close();
        database.reopen();
        unit = new AccountsUnit(database.database());
        accounts = new AccountsService(
                unit,
                new Sessions(),
                new DatabaseAuditLog(unit, Duration.ofDays(30), 1_000, clock),
                new AccountsSettings(
                        new Sessions.Limits(Duration.ofHours(12), Duration.ofDays(30)),
                        5,
                        20,
                        Duration.ofMinutes(5),
                        12),
                new PasswordHash(ITERATIONS, new SecureRandom()),
                new PasswordFile(data),
                clock);

        assertThat(accounts.token(token, HERE)).isPresent();
        assertThat(accounts.logIn("admin", password, HERE)).isInstanceOf(LogIn.Opened.class);
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void findsEntriesByPartOfActorActionOrSubjectNewestFirst(TestVendor vendor) throws Exception {
        start(vendor, false);
        audit.record("user:admin", "store.turned-on", "Shop_One", "first");
        audit.record("token:till", "store.turned-off", "shop-two", "100% \n sure\u0000");

        assertThat(audit.entries("SHOP", 0, 10))
                .extracting(AuditLog.Entry::subject)
                .containsExactly("shop-two", "Shop_One");
        assertThat(audit.entries("shop_", 0, 10))
                .extracting(AuditLog.Entry::subject)
                .containsExactly("Shop_One");
        assertThat(audit.entries("till", 0, 10))
                .extracting(AuditLog.Entry::detail)
                .containsExactly("100% sure");
        assertThat(audit.entries("store.", 1, 1))
                .extracting(AuditLog.Entry::detail)
                .containsExactly("first");
        assertThat(audit.count("store.")).isEqualTo(2);
        assertThat(audit.count("%")).isZero();
        assertThat(audit.count(null)).isEqualTo(audit.entries("", 0, 1_000).size());
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void recordsWhateverItIsGiven(TestVendor vendor) throws Exception {
        start(vendor, false);

        audit.record(null, "x".repeat(500), "s".repeat(500), "🍏".repeat(2_000) + "end");

        AuditLog.Entry entry = audit.entries("xxx", 0, 1).get(0);
        assertThat(entry.actor()).isEmpty();
        assertThat(entry.subject()).hasSize(200).endsWith("…");
        assertThat(entry.detail().length()).isLessThanOrEqualTo(2_000);
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void neverThrowsWhenTheDatabaseIsGone(TestVendor vendor) throws Exception {
        start(vendor, false);
        unit.close();

        audit.record("user:admin", "store.turned-on", "shop", "");
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void deletesWhatIsTooOldAndTooMuch(TestVendor vendor) throws Exception {
        start(vendor, false);
        audit.record("system", "old", "", "");
        clock.advance(Duration.ofDays(31));
        for (int i = 0; i < 5; i++) {
            audit.record("system", "new", Integer.toString(i), "");
        }

        audit.sweep();
        assertThat(audit.entries("", 0, 10))
                .extracting(AuditLog.Entry::action)
                .containsOnly("new")
                .hasSize(5);

        DatabaseAuditLog small = new DatabaseAuditLog(unit, Duration.ofDays(30), 2, clock);
        small.sweep();
        assertThat(audit.entries("", 0, 10)).extracting(AuditLog.Entry::subject).containsExactly("4", "3");
        small.close();
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void aRequestThatCannotBeDeletedChangesNothing(TestVendor vendor) throws Exception {
        start(vendor, false);
        String password = password();
        // A folder that is not empty cannot be deleted, even by root.
        Files.createDirectories(data.resolve("reset-password").resolve("inside"));

        assertThatThrownBy(admin::look).isInstanceOf(IOException.class).hasMessageContaining("reset-password");

        assertThat(accounts.logIn("admin", password, HERE)).isInstanceOf(LogIn.Opened.class);
        assertThat(Optional.of(password())).contains(password);
    }
}
