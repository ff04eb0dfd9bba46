package org.evenkeel.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was kept is hinted at until a pull has followed. */
class FollowUpTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InstantSource clock = now::get;
    private final TestDatabase database = TestDatabases.derby();
    private final Inbox inbox = new Inbox(database.database(), Duration.ofDays(7), 1000);
    private final ConcurrentLinkedQueue<String> hinted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean away = new AtomicBoolean();
    private final Map<String, Instant> known = new ConcurrentHashMap<>();
    private final StoreSync sync = (StoreSync) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {StoreSync.class}, (proxy, method, arguments) -> {
                String store = ((StoreId) arguments[0]).value();
                if (store.equals("gone")) {
                    throw new NotFoundException("There is no store gone.");
                }
                return switch (method.getName()) {
                    case "hint" -> {
                        hinted.add(arguments.length == 1 ? store : store + " " + new TreeSet<>((Set<?>) arguments[1]));
                        if (away.get()) {
                            throw new IllegalStateException("away");
                        }
                        yield null;
                    }
                    case "ordersKnownAsOf" -> Optional.ofNullable(known.get(store));
                    default -> throw new UnsupportedOperationException(method.getName());
                };
            });
    private final FollowUp followUp = new FollowUp(sync, inbox, clock);

    @AfterEach
    void close() {
        followUp.close();
        inbox.close();
        database.close();
    }

    @Test
    void whatWasKeptIsHintedAtAtOnce() {
        followUp.kept("shop", Set.of());
        Awaitility.await().untilAsserted(() -> assertThat(hinted).containsExactly("shop"));
    }

    @Test
    void figuresThatAreNamedGoWithTheHintAndAgainWhereItFailed() {
        away.set(true);
        followUp.kept("shop", Set.of("b", "a"));
        Awaitility.await().untilAsserted(() -> assertThat(hinted).containsExactly("shop [a, b]"));
        away.set(false);
        inbox.keep("shop", "e1", NOW, "");
        now.set(NOW.plusSeconds(31));
        Awaitility.await().untilAsserted(() -> {
            followUp.look();
            assertThat(hinted).hasSize(2);
        });
        assertThat(hinted).last().isEqualTo("shop [a, b]");
        now.set(NOW.plusSeconds(62));
        followUp.look();
        assertThat(hinted).last().isEqualTo("shop");
    }

    @Test
    void whatAnEarlierEndLeftIsHintedAtAtTheStart() {
        inbox.keep("shop", "e1", NOW.minusSeconds(60), "");
        inbox.keep("done", "e2", NOW.minusSeconds(60), "");
        inbox.keep("gone", "e3", NOW.minusSeconds(60), "");
        known.put("done", NOW.minusSeconds(59));
        known.put("shop", NOW.minusSeconds(61));
        followUp.start();

        Awaitility.await().untilAsserted(() -> assertThat(hinted).containsExactly("shop"));
        assertThat(inbox.unfollowed()).containsOnlyKeys("shop", "gone");
    }

    @Test
    void itIsHintedAgainUntilAPullHasFollowed() {
        inbox.keep("shop", "e1", NOW, "");
        followUp.look();
        assertThat(hinted).hasSize(1);
        now.set(NOW.plusSeconds(10));
        followUp.look();
        assertThat(hinted).hasSize(1);
        now.set(NOW.plusSeconds(31));
        followUp.look();
        assertThat(hinted).hasSize(2);

        known.put("shop", NOW.plusSeconds(32));
        now.set(NOW.plusSeconds(90));
        followUp.look();
        followUp.look();
        assertThat(hinted).hasSize(2);
        assertThat(inbox.unfollowed()).isEmpty();
    }

    @Test
    void aPullThatBeganBeforeItCameHasNotFollowedIt() {
        inbox.keep("shop", "e1", NOW, "");
        known.put("shop", NOW.minusMillis(1));
        followUp.look();

        assertThat(inbox.unfollowed()).containsKey("shop");
        assertThat(hinted).containsExactly("shop");
    }

    @Test
    void whatAHostKeptThatDiedIsFollowedByAnother() {
        followUp.look();
        inbox.keep("shop", "e1", NOW, "");
        now.set(NOW.plusSeconds(10));
        followUp.look();
        assertThat(hinted).as("its own host is still the one to hint").isEmpty();

        now.set(NOW.plusSeconds(31));
        followUp.look();
        assertThat(hinted).containsExactly("shop");
    }

    @Test
    void betweenHostsAPullFollowsOnlyWhatCameSomeSecondsBefore() {
        try (TestDatabase shared = TestVendor.POSTGRESQL.open();
                Inbox together = new Inbox(shared.database(), Duration.ofDays(7), 1000);
                FollowUp between = new FollowUp(sync, together, clock)) {
            together.keep("shop", "e1", NOW, "");
            known.put("shop", NOW.plusSeconds(4));
            between.look();
            assertThat(together.unfollowed()).containsOnlyKeys("shop");
            assertThat(hinted).containsExactly("shop");

            known.put("shop", NOW.plusSeconds(6));
            between.look();
            assertThat(together.unfollowed()).isEmpty();
        }
    }
}
