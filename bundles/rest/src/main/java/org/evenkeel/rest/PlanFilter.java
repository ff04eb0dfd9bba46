package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;

/** Which rows of a plan are meant; all that is given must hold. */
public class PlanFilter {
    /** A part of a SKU or title. */
    @Parameter(description = "A part of a SKU or title, without regard to case.")
    @QueryParam("q")
    @DefaultValue("")
    public String text;

    /** Rows with any of these findings. */
    @Parameter(description = "Rows with this finding; may be given several times.")
    @QueryParam("finding")
    public Set<PlanRow.Finding> findings;

    /** Rows of any of these changes. */
    @Parameter(description = "Rows of this change; may be given several times.")
    @QueryParam("change")
    public Set<PlanRow.Change> changes;

    /** Only rows that would get another figure. */
    @Parameter(description = "Only rows that would get another figure than the store shows.")
    @QueryParam("different")
    @DefaultValue("false")
    public boolean different;

    PlanQuery query(PageRequest page) {
        return new PlanQuery(text, findings, changes, different, page);
    }
}
