package org.evenkeel.dashboard;

import java.util.regex.Pattern;
import org.evenkeel.ledger.Movement;

/** Things of the ledger as a person reads them. */
public final class Words {
    /** The beginning that all ids of a protocol share, such as {@code gid://shopify/}. */
    private static final Pattern PROTOCOL = Pattern.compile("[a-z][a-z0-9+.-]*://[^/]*/");

    private Words() {}

    /** What a movement belongs to: the same ids, without what is the same in all of them. */
    public static String reference(Movement.Reference reference) {
        return PROTOCOL.matcher(reference.id()).replaceAll("").replace("/", " / ");
    }
}
