package org.evenkeel.accounts.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.accounts.Accounts.Session;
import org.evenkeel.accounts.Principal;
import org.osgi.service.component.annotations.Component;

/**
 * The open sessions, in memory, under the hashes of their ids. Thread-safe.
 *
 * <p>A component of its own without configuration or database, so that neither a changed setting nor a database that comes
 * and goes logs people out.
 */
@Component(service = Sessions.class, immediate = true)
public final class Sessions {

    static final int MOST = 10_000;

    private final Map<String, Entry> open = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MOST;
        }
    };

    private record Entry(String csrf, Principal principal, Instant usedAt, Instant openedAt) {
        Entry usedAt(Instant now) {
            return new Entry(csrf, principal, now, openedAt);
        }

        Instant end(Limits limits) {
            Instant idle = usedAt.plus(limits.idle());
            Instant absolute = openedAt.plus(limits.longest());
            return idle.isBefore(absolute) ? idle : absolute;
        }
    }

    /**
     * When a session ends.
     *
     * @param idle after its last use
     * @param longest after it was opened, however much it is used
     */
    record Limits(Duration idle, Duration longest) {}

    synchronized Session open(String id, String csrf, Principal principal, Instant now, Limits limits) {
        purge(now, limits);
        Entry entry = new Entry(csrf, principal, now, now);
        open.put(Secrets.hash(id), entry);
        return new Session(id, csrf, principal, entry.end(limits));
    }

    /** The session, its end moved on. */
    synchronized Optional<Session> use(String id, Instant now, Limits limits) {
        String key = Secrets.hash(id);
        Entry entry = open.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!now.isBefore(entry.end(limits))) {
            open.remove(key);
            return Optional.empty();
        }
        Entry used = entry.usedAt(now);
        open.put(key, used);
        return Optional.of(new Session(id, used.csrf(), used.principal(), used.end(limits)));
    }

    /** Ends a session; returns whose it was. */
    synchronized Optional<Principal> end(String id) {
        return Optional.ofNullable(open.remove(Secrets.hash(id))).map(Entry::principal);
    }

    /** Ends all sessions of somebody, but for one. */
    synchronized void endAll(String actor, String exceptId) {
        String kept = exceptId == null ? "" : Secrets.hash(exceptId);
        open.entrySet()
                .removeIf(session -> session.getValue().principal().actor().equals(actor)
                        && !session.getKey().equals(kept));
    }

    synchronized int size() {
        return open.size();
    }

    private void purge(Instant now, Limits limits) {
        Iterator<Entry> entries = open.values().iterator();
        while (entries.hasNext()) {
            if (!now.isBefore(entries.next().end(limits))) {
                entries.remove();
            }
        }
    }
}
