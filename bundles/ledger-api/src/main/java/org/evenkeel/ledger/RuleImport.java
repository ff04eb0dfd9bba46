package org.evenkeel.ledger;

import java.time.Instant;

/**
 * A file of rules that was sent in.
 *
 * @param id the ledger's id of it
 * @param name what it is called, such as the file's name
 * @param state what became of it
 * @param rules how many rules it sets or removes; a row by SKU counts once for each listing that it is for
 * @param problems how many problems were found; of very many, the first {@value RuleImports#MOST_PROBLEMS} are kept
 * @param done how many rules were worked off
 * @param changed how many of those are another one now
 * @param stagedAt when it was sent in
 * @param stagedBy the actor who did
 * @param appliedAt when the last of it was applied; null before
 * @param appliedBy the actor who let it; null before
 */
public record RuleImport(
        long id,
        String name,
        State state,
        int rules,
        int problems,
        int done,
        int changed,
        Instant stagedAt,
        String stagedBy,
        Instant appliedAt,
        String appliedBy) {

    /** What became of an import. */
    public enum State {
        /** It is being read; one that stays so was interrupted and takes no effect. */
        READING,
        /** It has problems, and none of it takes effect: correct the file and send it again. */
        REFUSED,
        /** It can be applied. */
        READY,
        /** It is being applied; one that stays so was interrupted, and goes on when it is applied again. */
        APPLYING,
        APPLIED,
        DISCARDED
    }
}
