package org.evenkeel.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the lanes did, newest first. */
@Component(service = RunsResource.class)
@ApiResource
@Path("runs")
@Produces(MediaType.APPLICATION_JSON)
public final class RunsResource {
    private final StoreSync sync;

    @Activate
    public RunsResource(@Reference StoreSync sync) {
        this.sync = sync;
    }

    @GET
    public Views.RunPage list(@BeanParam Paging paging) {
        return Views.RunPage.of(sync.runs(null, paging.request()));
    }

    @GET
    @Path("{run}")
    public Views.RunView get(@PathParam("run") long run) {
        return sync.run(run)
                .map(Views.RunView::of)
                .orElseThrow(() -> Problem.notFound("There is no run " + run + ", or it is not kept any more."));
    }

    /** What a run asked of its store, sent there and got back, oldest first; what would have been sent is WITHHELD. */
    @GET
    @Path("{run}/exchanges")
    public Views.ExchangePage exchanges(@PathParam("run") long run, @BeanParam Paging paging) {
        get(run);
        return Views.ExchangePage.of(sync.exchanges(run, paging.request()));
    }
}
