package org.evenkeel.dashboard;

import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal;

/**
 * What surrounds every page.
 *
 * @param title the page's own title
 * @param area which entry of the navigation is the present one
 * @param session whose page it is
 * @param demo whether this is the demonstration, under its banner
 * @param waiting lines and orders that wait for a person
 * @param notice what the last action did, to be read once; null when there is nothing to say
 */
public record Frame(String title, Area.Name area, Accounts.Session session, boolean demo, long waiting, Notice notice) {

    /** Whether the person may change stock. */
    public boolean writes() {
        return session.principal().may(Principal.Scope.WRITE);
    }

    /** Whether the person may change stores and settings. */
    public boolean administers() {
        return session.principal().may(Principal.Scope.ADMIN);
    }
}
