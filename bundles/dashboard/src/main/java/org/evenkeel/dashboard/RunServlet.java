package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.sync.Exchange;
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

    /**
     * The page.
     *
     * @param storeName what people call its store
     * @param exchanges what it asked of its store, and what came back
     */
    public record View(Frame frame, Run run, String storeName, Page<Exchange> exchanges, Links links) {
        /** Whether it sends nothing because it is only to show what it would send. */
        public boolean dry() {
            return run.trigger() == Run.Trigger.DRY_RUN;
        }
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        Run run = (path != null && path.matches("/[1-9][0-9]{0,17}")
                        ? sync.run(Long.parseLong(path.substring(1)))
                        : Optional.<Run>empty())
                .orElseThrow(() -> new NotFoundException("There is no such run, or it is not kept any more."));
        render(
                response,
                "run.jte",
                new View(
                        frame(request, "Run " + run.id()),
                        run,
                        sync.store(run.store())
                                .map(status -> status.store().name())
                                .orElse(run.store().value()),
                        sync.exchanges(run.id(), pageRequest(request)),
                        Links.of(request, "/runs/" + run.id())));
    }
}
