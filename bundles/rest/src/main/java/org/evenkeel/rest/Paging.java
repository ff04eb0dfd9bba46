package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.evenkeel.ledger.PageRequest;

/** The paging parameters that every list takes. */
public class Paging {
    /** How many entries to leave out. */
    @Parameter(description = "How many entries to leave out.", schema = @Schema(minimum = "0", defaultValue = "0"))
    @QueryParam("offset")
    @DefaultValue("0")
    public int offset;

    /** How many entries at most, up to 500. */
    @Parameter(
            description = "How many entries at most.",
            schema = @Schema(minimum = "1", maximum = "500", defaultValue = "50"))
    @QueryParam("limit")
    @DefaultValue("50")
    public int limit;

    PageRequest request() {
        return new PageRequest(offset, limit);
    }
}
