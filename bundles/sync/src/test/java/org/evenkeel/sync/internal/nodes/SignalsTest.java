package org.evenkeel.sync.internal.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.kept.NodeRecords;
import org.evenkeel.sync.internal.kept.NodeRecords.Told;
import org.evenkeel.sync.internal.testing.Books;
import org.evenkeel.sync.internal.testing.Host;
import org.evenkeel.sync.internal.testing.VirtualTime;
import org.junit.jupiter.api.Test;

/** What nodes tell each other, over a database that is away now and then. */
class SignalsTest {
    private static final StoreId SHOP = new StoreId("shop");

    private final VirtualTime time = new VirtualTime();
    private final Books books = Books.empty(time);
    private final AtomicBoolean away = new AtomicBoolean();
    private final List<Told> heard = new ArrayList<>();

    private Signals node(String name, Set<StoreId> served) {
        Host host = new Host(time, () -> Duration.ZERO, () -> {});
        NodeRecords records =
                books.records(books.database(this::reach, () -> {})).nodes();
        NodePlace place = new NodePlace(
                books.ledger().leases(),
                name,
                Duration.ofSeconds(30),
                NodeClock.of(time),
                host,
                host,
                NodePlace.LOOK,
                true);
        return new Signals(records, place, () -> served, new Signals.Ears() {
            @Override
            public void told(StoreId store, Told what) {
                heard.add(what);
            }

            @Override
            public void asked(StoreId store) {}
        });
    }

    private void reach() {
        if (away.get()) {
            throw new IllegalStateException("The database is away.");
        }
    }

    @Test
    void whatCannotBeWrittenIsWrittenLaterAndOnce() {
        node("serving", Set.of(SHOP)).begin(SHOP);
        Signals telling = node("telling", Set.of());
        away.set(true);
        telling.tell(SHOP, Told.SWITCH);
        telling.tell(SHOP, Told.HINT);
        time.pass(Duration.ofSeconds(20));
        telling.tell(SHOP, Told.SWITCH);
        time.pass(Duration.ofSeconds(20));
        assertThat(heard).isEmpty();

        away.set(false);
        time.pass(Duration.ofSeconds(2));
        assertThat(heard).containsExactlyInAnyOrder(Told.SWITCH, Told.HINT);
        time.pass(Duration.ofSeconds(20));
        assertThat(heard).as("told once").hasSize(2);
    }
}
