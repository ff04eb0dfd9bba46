package org.evenkeel.sync;

import java.util.Objects;
import java.util.Set;
import org.evenkeel.ledger.PageRequest;

/**
 * Which rows of a plan are wanted; conditions are all to hold.
 *
 * @param text a part of a SKU or title, without regard to case; empty for all
 * @param findings rows with any of these; empty for all
 * @param changes rows of any of these; empty for all
 * @param onlyDifferent only rows that would get another figure than the store shows
 * @param page which part, by SKU
 */
public record PlanQuery(
        String text,
        Set<PlanRow.Finding> findings,
        Set<PlanRow.Change> changes,
        boolean onlyDifferent,
        PageRequest page) {

    public PlanQuery {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(page, "page");
        findings = Set.copyOf(findings);
        changes = Set.copyOf(changes);
    }

    /** All rows. */
    public static PlanQuery all(PageRequest page) {
        return new PlanQuery("", Set.of(), Set.of(), false, page);
    }
}
