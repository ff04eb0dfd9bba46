package org.evenkeel.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.PageRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people and programs did beyond the stock journal, newest first. */
@Component(service = AuditResource.class)
@ApiResource
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
@Needs(Principal.Scope.ADMIN)
public final class AuditResource {
    private final AuditLog log;

    @Activate
    public AuditResource(@Reference AuditLog log) {
        this.log = log;
    }

    /** A part of the log. */
    record AuditPage(List<AuditLog.Entry> items, long total, int offset, int limit) {}

    @GET
    public AuditPage list(@QueryParam("q") @DefaultValue("") String text, @BeanParam Paging paging) {
        PageRequest page = paging.request();
        return new AuditPage(
                log.entries(text, page.offset(), page.limit()), log.count(text), page.offset(), page.limit());
    }
}
