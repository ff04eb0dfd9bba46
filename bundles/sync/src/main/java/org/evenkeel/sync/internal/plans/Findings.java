package org.evenkeel.sync.internal.plans;

import java.util.EnumSet;
import java.util.Set;
import org.evenkeel.sync.PlanRow.Finding;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/** The findings of a row in one column, with a comma before and behind each so that one is found by its name. */
final class Findings {
    private Findings() {}

    static void put(PlanRowEntity row, Set<Finding> findings) {
        StringBuilder text = new StringBuilder(",");
        findings.forEach(finding -> text.append(finding.name()).append(','));
        row.findings = text.toString();
    }

    static Set<Finding> of(PlanRowEntity row) {
        return of(row.findings);
    }

    /** @param kept as they are kept in a row */
    static Set<Finding> of(String kept) {
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        for (String name : kept.split(",")) {
            if (!name.isEmpty()) {
                findings.add(Finding.valueOf(name));
            }
        }
        return findings;
    }

    static void add(PlanRowEntity row, Finding finding, String words) {
        Set<Finding> findings = of(row);
        if (findings.add(finding)) {
            put(row, findings);
        }
        if (!row.words.contains(words)) {
            String all = row.words.isEmpty() ? words : row.words + " " + words;
            row.words = all.length() <= 1_000 ? all : all.substring(0, 999) + "…";
        }
    }
}
