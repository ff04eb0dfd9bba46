package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.evenkeel.ledger.RuleImport;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.StoreId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Rules in bulk, as CSV: staged, looked at, then applied. */
@Component(service = RuleImportsResource.class)
@ApiResource
@Path("rule-imports")
@Produces(MediaType.APPLICATION_JSON)
public final class RuleImportsResource {
    private static final String CSV = "text/csv";
    private final RuleImports imports;

    @Activate
    public RuleImportsResource(@Reference RuleImports imports) {
        this.imports = imports;
    }

    @GET
    public RuleViews.ImportPage list(@BeanParam Paging paging) {
        return RuleViews.ImportPage.of(imports.imports(paging.request()));
    }

    @POST
    @Consumes(CSV)
    @Operation(
            summary = "Stage a file of rules",
            description =
                    "UTF-8 CSV; the first row names the columns: scope (default, store, listing), store, listing and"
                            + " variant or sku, title, buffer, share (percent), min, max, close-at, paused, sell-without-stock,"
                            + " remove. Nothing takes effect before it is applied; a file with problems never does.")
    @ApiResponse(
            responseCode = "201",
            description = "READY, or REFUSED with its problems.",
            content = @Content(schema = @Schema(implementation = RuleViews.Import.class)))
    public Response stage(
            @QueryParam("name") @DefaultValue("rules.csv") String name,
            @RequestBody(required = true, content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
                    InputStream csv,
            @Context SecurityContext security)
            throws IOException {
        RuleImport staged = imports.stage(name, new InputStreamReader(csv, StandardCharsets.UTF_8), actor(security));
        return Response.created(URI.create("rule-imports/" + staged.id()))
                .entity(RuleViews.Import.of(staged))
                .build();
    }

    @GET
    @Path("export.csv")
    @Produces(CSV)
    @Operation(
            summary = "The rules that are set, as CSV",
            description = "RFC 4180 with a header line, in UTF-8. It can be imported again.")
    @ApiResponse(
            responseCode = "200",
            description = "The rules.",
            content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
    public Response export(@QueryParam("store") String store) {
        StoreId of = store == null ? null : new StoreId(store);
        StreamingOutput rows = out -> {
            Writer to = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            imports.export(of, to);
            to.flush();
        };
        return Response.ok(rows, "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"rules.csv\"")
                .build();
    }

    @GET
    @Path("{import}")
    public RuleViews.Import get(@PathParam("import") long id) {
        return imports.find(id)
                .map(RuleViews.Import::of)
                .orElseThrow(() -> Problem.notFound("There is no import " + id + " of rules."));
    }

    @GET
    @Path("{import}/problems")
    public RuleViews.ImportProblemPage problems(@PathParam("import") long id, @BeanParam Paging paging) {
        return RuleViews.ImportProblemPage.of(imports.problems(id, paging.request()));
    }

    @GET
    @Path("{import}/preview")
    public RuleViews.Preview preview(
            @PathParam("import") long id,
            @QueryParam("onlyDifferent") @DefaultValue("true") boolean onlyDifferent,
            @BeanParam Paging paging) {
        return RuleViews.Preview.of(imports.preview(id, onlyDifferent, paging.request()));
    }

    @POST
    @Path("{import}/apply")
    @Operation(
            summary = "Apply an import",
            description =
                    "In parts. After an interruption it goes on when it is applied again; once applied, nothing is done.")
    public RuleViews.Import apply(@PathParam("import") long id, @Context SecurityContext security) {
        return RuleViews.Import.of(imports.apply(id, actor(security)));
    }

    @POST
    @Path("{import}/undo")
    @Operation(
            summary = "Stage what takes an import back",
            description =
                    "A new import, with every rule that this one changed as it was before; look at it and apply it.")
    @ApiResponse(
            responseCode = "201",
            description = "The new import.",
            content = @Content(schema = @Schema(implementation = RuleViews.Import.class)))
    public Response undo(@PathParam("import") long id, @Context SecurityContext security) {
        RuleImport undo = imports.undo(id, actor(security));
        return Response.created(URI.create("rule-imports/" + undo.id()))
                .entity(RuleViews.Import.of(undo))
                .build();
    }

    @POST
    @Path("{import}/discard")
    public RuleViews.Import discard(@PathParam("import") long id, @Context SecurityContext security) {
        return RuleViews.Import.of(imports.discard(id, actor(security)));
    }

    private static String actor(SecurityContext security) {
        return Caller.of(security).actor();
    }
}
