package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Who did what beyond the stock journal. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/audit")
@Web.InContext
public final class AuditServlet extends Area {
    private static final long serialVersionUID = 1L;
    private final transient AuditLog log;

    @Activate
    public AuditServlet(@Reference AuditLog log, @Reference Surroundings surroundings) {
        super(Name.AUDIT, surroundings);
        this.log = log;
    }

    /** The page. */
    public record View(Frame frame, String text, Page<AuditLog.Entry> page, Links links) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.ADMIN);
        String text = text(request, "q");
        PageRequest part = pageRequest(request);
        Page<AuditLog.Entry> page = new Page<>(log.entries(text, part.offset(), part.limit()), log.count(text), part);
        render(response, "audit.jte", new View(frame(request, "Audit"), text, page, Links.of(request, "/audit")));
    }
}
