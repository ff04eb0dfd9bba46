package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How long sold units stayed on sale elsewhere, over time. */
@Component(service = WindowsResource.class)
@ApiResource
@Path("windows")
@Produces(MediaType.APPLICATION_JSON)
public final class WindowsResource {
    private static final Duration DAY = Duration.ofDays(1);
    private final StoreSync sync;

    @Activate
    public WindowsResource(@Reference StoreSync sync) {
        this.sync = sync;
    }

    /** A series, one entry for each span of time. */
    record Series(Instant from, Instant to, long bucketSeconds, List<Views.WindowView> items) {}

    @GET
    @Operation(
            summary = "The oversell windows over time",
            description =
                    "From an order's placing in a store to the last acknowledged push elsewhere that it caused, by the"
                            + " time at which they closed: how many, and within which time half of them, 99 of 100 and all were"
                            + " done. At most 1000 spans.")
    public Series windows(
            @Parameter(description = "Orders of which store; of all when left out.") @QueryParam("store") String store,
            @Parameter(description = "Where the first span begins; a day before the end when left out.")
                    @QueryParam("from")
                    Instant from,
            @Parameter(description = "Where the last span ends; now when left out.") @QueryParam("to") Instant to,
            @Parameter(description = "How long a span is.", schema = @Schema(type = "string", format = "duration"))
                    @QueryParam("bucket")
                    @DefaultValue("PT30M")
                    Duration bucket) {
        Instant end = to == null ? Instant.now() : to;
        Instant begin = from == null ? end.minus(DAY) : from;
        return new Series(
                begin,
                end,
                bucket.toSeconds(),
                sync.windows(store == null ? null : new StoreId(store), begin, end, bucket).stream()
                        .map(Views.WindowView::of)
                        .toList());
    }

    @GET
    @Path("series.csv")
    @Produces("text/csv")
    @Operation(summary = "The same as CSV", description = "RFC 4180 with a header line.")
    @ApiResponse(
            responseCode = "200",
            description = "The series.",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    public Response export(
            @QueryParam("store") String store,
            @QueryParam("from") Instant from,
            @QueryParam("to") Instant to,
            @Parameter(schema = @Schema(type = "string", format = "duration"))
                    @QueryParam("bucket")
                    @DefaultValue("PT30M")
                    Duration bucket) {
        String lines = windows(store, from, to, bucket).items().stream()
                .map(window -> window.from() + "," + window.count() + "," + text(window.p50Millis()) + ","
                        + text(window.p99Millis()) + "," + text(window.maxMillis()) + "\r\n")
                .collect(Collectors.joining("", "from,count,p50Millis,p99Millis,maxMillis\r\n", ""));
        return Response.ok(lines, "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"windows.csv\"")
                .build();
    }

    private static String text(Long millis) {
        return millis == null ? "" : millis.toString();
    }
}
