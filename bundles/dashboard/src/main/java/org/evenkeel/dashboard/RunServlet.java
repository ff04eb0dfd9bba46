package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** One run: its phases, what it did, its errors in the store's words. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/runs/*")
@Web.InContext
public final class RunServlet extends Area {
    private static final long serialVersionUID = 1L;
    private final transient StoreSync sync;

    @Activate
    public RunServlet(@Reference StoreSync sync, @Reference Surroundings surroundings) {
        super(Name.STORES, surroundings);
        this.sync = sync;
    }

    /** The page. */
    public record View(Frame frame, Run run) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        Run run = (path != null && path.matches("/[1-9][0-9]{0,17}")
                        ? sync.run(Long.parseLong(path.substring(1)))
                        : java.util.Optional.<Run>empty())
                .orElseThrow(() -> new NotFoundException("There is no such run, or it is not kept any more."));
        render(response, "run.jte", new View(frame(request, "Run " + run.id()), run));
    }
}
