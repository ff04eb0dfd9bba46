package org.evenkeel.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.evenkeel.ledger.PageRequest;

/** The paging parameters that every list takes. */
public class Paging {
    /** How many entries to leave out. */
    @QueryParam("offset")
    @DefaultValue("0")
    public int offset;

    /** How many entries at most, up to 500. */
    @QueryParam("limit")
    @DefaultValue("50")
    public int limit;

    PageRequest request() {
        return new PageRequest(offset, limit);
    }
}
