package org.evenkeel.dashboard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.evenkeel.accounts.Accounts;

/**
 * What an action did, to be shown once on the next page.
 *
 * @param words what to say
 * @param failed whether it went wrong
 */
public record Notice(String words, boolean failed) {

    /** Notices between a form and the page that follows it, one per session. */
    static final class Box {
        private static final int MOST = 1_000;
        private final Map<String, Notice> waiting = new ConcurrentHashMap<>();

        void say(Accounts.Session session, Notice notice) {
            if (waiting.size() >= MOST) {
                waiting.clear();
            }
            waiting.put(session.id(), notice);
        }

        Notice heard(Accounts.Session session) {
            return waiting.remove(session.id());
        }
    }
}
