package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The rules by which what is available becomes what stores show: of a listing, else of its store, else the default. */
@Component(service = RulesResource.class)
@ApiResource
@Path("rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RulesResource {
    private final RuleBook rules;

    @Activate
    public RulesResource(@Reference RuleBook rules) {
        this.rules = rules;
    }

    @GET
    @Operation(summary = "The rules that are set", description = "The default first, then stores, then listings.")
    public RuleViews.RulePage list(
            @QueryParam("kind") RuleQuery.Kind kind,
            @QueryParam("store") String store,
            @QueryParam("q") @DefaultValue("") String text,
            @BeanParam Paging paging) {
        return RuleViews.RulePage.of(
                rules.rules(new RuleQuery(kind, store == null ? null : new StoreId(store), text, paging.request())));
    }

    // --- one rule ----------------------------------------------------------------------------------------------------

    @GET
    @Path("default")
    public RuleViews.OfScope getDefault() {
        RuleRow set = rules.rule(RuleScope.DEFAULT).orElse(null);
        return ofScope(set, new EffectiveRule(set == null ? ListingRule.ONE_TO_ONE : set.rule(), RuleScope.DEFAULT));
    }

    @PUT
    @Path("default")
    public RuleViews.OfScope putDefault(RuleViews.Rule rule, @Context SecurityContext security) {
        set(RuleScope.DEFAULT, rule, security);
        return getDefault();
    }

    /** Makes the default one to one again. */
    @DELETE
    @Path("default")
    public void deleteDefault(@Context SecurityContext security) {
        change(RuleChange.remove(RuleScope.DEFAULT), security);
    }

    @GET
    @Path("stores/{store}")
    public RuleViews.OfScope getOfStore(@PathParam("store") String store) {
        StoreId id = new StoreId(store);
        return ofScope(rules.rule(new RuleScope.OfStore(id)).orElse(null), rules.effective(id));
    }

    @PUT
    @Path("stores/{store}")
    public RuleViews.OfScope putOfStore(
            @PathParam("store") String store, RuleViews.Rule rule, @Context SecurityContext security) {
        set(new RuleScope.OfStore(new StoreId(store)), rule, security);
        return getOfStore(store);
    }

    /** Leaves the store without a rule of its own: the default counts. */
    @DELETE
    @Path("stores/{store}")
    public void deleteOfStore(@PathParam("store") String store, @Context SecurityContext security) {
        change(RuleChange.remove(new RuleScope.OfStore(new StoreId(store))), security);
    }

    @GET
    @Path("stores/{store}/listing")
    public RuleViews.OfScope getOfListing(
            @PathParam("store") String store,
            @Parameter(required = true) @QueryParam("listing") String listing,
            @QueryParam("variant") @DefaultValue("") String variant) {
        RuleScope.OfListing scope = RuleViews.listingOf(new StoreId(store), listing, variant);
        EffectiveRule effective =
                rules.effective(scope.listing()).orElseThrow(() -> Problem.notFound("There is no " + scope + "."));
        return ofScope(rules.rule(scope).orElse(null), effective);
    }

    @PUT
    @Path("stores/{store}/listing")
    public RuleViews.OfScope putOfListing(
            @PathParam("store") String store,
            @Parameter(required = true) @QueryParam("listing") String listing,
            @QueryParam("variant") @DefaultValue("") String variant,
            RuleViews.Rule rule,
            @Context SecurityContext security) {
        set(RuleViews.listingOf(new StoreId(store), listing, variant), rule, security);
        return getOfListing(store, listing, variant);
    }

    /** Leaves the listing without a rule of its own: the store's counts, or the default. */
    @DELETE
    @Path("stores/{store}/listing")
    public void deleteOfListing(
            @PathParam("store") String store,
            @Parameter(required = true) @QueryParam("listing") String listing,
            @QueryParam("variant") @DefaultValue("") String variant,
            @Context SecurityContext security) {
        change(RuleChange.remove(RuleViews.listingOf(new StoreId(store), listing, variant)), security);
    }

    private static RuleViews.OfScope ofScope(RuleRow set, EffectiveRule effective) {
        return new RuleViews.OfScope(set == null ? null : RuleViews.Set.of(set), RuleViews.Effective.of(effective));
    }

    private void set(RuleScope scope, RuleViews.Rule rule, SecurityContext security) {
        change(RuleChange.set(scope, rule.rule()), security);
    }

    /** Saying twice what a rule is changes nothing: these calls need no key of the caller's. */
    private void change(RuleChange change, SecurityContext security) {
        String actor = Caller.of(security).actor();
        rules.apply(
                List.of(change),
                actor,
                new IdempotencyKey(actor, UUID.randomUUID().toString()));
    }

    // --- several at once ---------------------------------------------------------------------------------------------

    @POST
    @Path("preview")
    @Needs(Scope.READ)
    @Operation(
            summary = "What changes of rules would do",
            description =
                    "Nothing is changed. Each figure whose rule would be another one, with what it should show now and"
                            + " would then; in the store's own meaning, before its own cap.")
    public RuleViews.Preview preview(
            RuleViews.Changes wanted,
            @QueryParam("onlyDifferent") @DefaultValue("true") boolean onlyDifferent,
            @BeanParam Paging paging) {
        return RuleViews.Preview.of(rules.preview(wanted.all(), onlyDifferent, paging.request()));
    }

    @POST
    @Path("apply")
    @Operation(summary = "Changes several rules at once", description = "All of them or none, up to 1000.")
    public RuleViews.Applied apply(
            @Parameter(required = true) @HeaderParam(Keys.HEADER) String key,
            RuleViews.Changes wanted,
            @Context SecurityContext security) {
        String actor = Caller.of(security).actor();
        RuleBook.Applied applied = rules.apply(wanted.all(), actor, Keys.of(actor, key));
        return new RuleViews.Applied(applied.changed(), applied.repeated());
    }
}
