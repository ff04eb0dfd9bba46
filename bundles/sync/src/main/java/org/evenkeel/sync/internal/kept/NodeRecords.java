package org.evenkeel.sync.internal.kept;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.evenkeel.database.Database.Vendor;
import org.evenkeel.database.Persistence;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.kept.RequestEntity.State;
import org.hibernate.StatelessSession;
import org.hibernate.exception.ConstraintViolationException;

/** What nodes that share the database tell and ask each other. Thread-safe; each call is one transaction. */
public final class NodeRecords {
    private static final Duration LEFT_BEHIND = Duration.ofMinutes(10);

    private final Persistence persistence;
    private final InstantSource clock;

    /** @param clock of this process, which tells the time where the database is in it */
    NodeRecords(Persistence persistence, InstantSource clock) {
        this.persistence = persistence;
        this.clock = clock;
    }

    /** What can be told to the node that serves a store. */
    public enum Told {
        /** Figures became due. */
        WAKE("wakes"),
        /** The store's orders may have changed. */
        HINT("hints"),
        /** The store's own data changed. */
        SWITCH("switches");

        private final String column;

        Told(String column) {
            this.column = column;
        }
    }

    /** How often everything was told. */
    public record Signals(long wakes, long hints, long switches, long requests) {
        static Signals of(SignalEntity row) {
            return new Signals(row.wakes, row.hints, row.switches, row.requests);
        }
    }

    /** Something that is asked. */
    public record Request(long id, StoreId store, String kind, Map<String, String> arguments) {}

    /** What the node that serves the store answered. @param refusal the simple name of the exception; empty when it was done */
    public record Answer(String value, String refusal, String about) {
        /** It was done. */
        public static Answer done(String value) {
            return new Answer(value, "", "");
        }
    }

    // --- signals -----------------------------------------------------------------------------------------------------

    /** Tells something to whoever serves the stores. A store that nobody ever served needs none. */
    public void tell(Collection<StoreId> stores, Told told) {
        persistence.inStatelessTransaction(session -> session.createMutationQuery("update Signal s set s." + told.column
                        + " = s." + told.column + " + 1 where s.store in (:stores)")
                .setParameterList("stores", names(stores))
                .executeUpdate());
    }

    /** Where a store's signals stand, for who begins to serve it; from now on, what is told is counted. */
    public Signals begin(StoreId store) {
        try {
            return persistence.inStatelessTransaction(session -> {
                SignalEntity row = session.get(SignalEntity.class, store.value());
                return Signals.of(row == null ? first(session, store) : row);
            });
        } catch (ConstraintViolationException another) {
            return signals(List.of(store)).get(store);
        }
    }

    private static SignalEntity first(StatelessSession session, StoreId store) {
        SignalEntity row = new SignalEntity();
        row.store = store.value();
        session.insert(row);
        return row;
    }

    /** Where the signals of some stores stand, in one statement. */
    public Map<StoreId, Signals> signals(Collection<StoreId> stores) {
        return persistence.inStatelessTransaction(session -> session
                .createSelectionQuery("from Signal s where s.store in (:stores)", SignalEntity.class)
                .setParameterList("stores", names(stores))
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> new StoreId(row.store), Signals::of)));
    }

    private static List<String> names(Collection<StoreId> stores) {
        return stores.stream().map(StoreId::value).sorted().toList();
    }

    // --- requests ----------------------------------------------------------------------------------------------------

    /**
     * Asks something of whoever serves a store.
     *
     * @param patience how long it may be begun
     * @return its id
     */
    public long ask(StoreId store, String kind, Map<String, String> arguments, String node, Duration patience) {
        return persistence.inStatelessTransaction(session -> {
            Instant now = now(session);
            // Of nodes that died while they waited.
            session.createMutationQuery("delete from Request r where r.expiresAt < :before")
                    .setParameter("before", now.minus(LEFT_BEHIND))
                    .executeUpdate();
            RequestEntity row = new RequestEntity();
            row.store = store.value();
            row.kind = kind;
            row.arguments = Json.write(new TreeMap<>(arguments));
            row.askedBy = node;
            row.expiresAt = now.plus(patience);
            row.state = State.ASKED.name();
            row.answer = new byte[0];
            session.insert(row);
            session.createMutationQuery("update Signal s set s.requests = s.requests + 1 where s.store = :store")
                    .setParameter("store", row.store)
                    .executeUpdate();
            return row.id;
        });
    }

    /** What is asked of a store and was not begun, oldest first. Whoever asks serves the store: it is begun by this. */
    public List<Request> take(StoreId store) {
        return persistence.inStatelessTransaction(session -> session
                .createSelectionQuery(
                        "from Request r where r.store = :store and r.state = :asked and r.expiresAt > :now order by r.id",
                        RequestEntity.class)
                .setParameter("store", store.value())
                .setParameter("asked", State.ASKED.name())
                .setParameter("now", now(session))
                .getResultList()
                .stream()
                .filter(row -> moved(session, row.id, State.ASKED, State.TAKEN))
                .map(row -> new Request(row.id, store, row.kind, arguments(row.arguments)))
                .toList());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> arguments(byte[] json) {
        return Json.read(json, Map.class);
    }

    private static boolean moved(StatelessSession session, long id, State from, State to) {
        return session.createMutationQuery("update Request r set r.state = :to where r.id = :id and r.state = :from")
                        .setParameter("to", to.name())
                        .setParameter("id", id)
                        .setParameter("from", from.name())
                        .executeUpdate()
                == 1;
    }

    /** Answers what was taken. */
    public void answer(long request, Answer answer) {
        persistence.inStatelessTransaction(session -> session.createMutationQuery(
                        "update Request r set r.state = :answered, r.answer = :answer where r.id = :id")
                .setParameter("answered", State.ANSWERED.name())
                .setParameter("answer", Json.write(answer))
                .setParameter("id", request)
                .executeUpdate());
    }

    /** The answer; empty while there is none. It is forgotten by this. */
    public Optional<Answer> answer(long request) {
        return persistence.inStatelessTransaction(session -> {
            RequestEntity row = session.get(RequestEntity.class, request);
            if (row == null || !row.state.equals(State.ANSWERED.name())) {
                return Optional.empty();
            }
            delete(session, request);
            return Optional.of(Json.read(row.answer, Answer.class));
        });
    }

    /** Takes back what was asked. @return whether it was not begun, and never will be */
    public boolean withdraw(long request) {
        return persistence.inStatelessTransaction(
                session -> session.createMutationQuery("delete from Request r where r.id = :id and r.state = :asked")
                                .setParameter("id", request)
                                .setParameter("asked", State.ASKED.name())
                                .executeUpdate()
                        == 1);
    }

    private static void delete(StatelessSession session, long request) {
        session.createMutationQuery("delete from Request r where r.id = :id")
                .setParameter("id", request)
                .executeUpdate();
    }

    /** The clock that nodes share. */
    private Instant now(StatelessSession session) {
        return persistence.vendor() == Vendor.POSTGRESQL
                ? session.createNativeQuery("select clock_timestamp()", Instant.class)
                        .getSingleResult()
                : clock.instant();
    }
}
