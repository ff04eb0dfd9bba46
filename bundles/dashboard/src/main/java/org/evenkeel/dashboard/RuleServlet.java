package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * One rule: the default, or {@code ?store=…}, or {@code ?store=…&listing=…&variant=…}. What a change would do is shown before it
 * is saved; what was changed in the form since is shown again.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(RuleServlet.PATH)
@Web.InContext
public final class RuleServlet extends Area {
    static final String PATH = "/rule";
    private static final long serialVersionUID = 1L;
    private static final PageRequest SHOWN = new PageRequest(0, ROWS);
    private final transient RuleBook rules;
    private final transient ListingBook listings;
    private final transient StoreRegistry stores;

    @Activate
    public RuleServlet(
            @Reference RuleBook rules,
            @Reference ListingBook listings,
            @Reference StoreRegistry stores,
            @Reference Surroundings surroundings) {
        super(Name.RULES, surroundings);
        this.rules = rules;
        this.listings = listings;
        this.stores = stores;
    }

    /**
     * What a rule is for, as people know it.
     *
     * @param store its id; empty for the default
     * @param storeName what it is called; empty for the default
     * @param listing the listing; null where it is not one's
     * @param counts the rule that counts now
     * @param own what is set there; null when nothing is
     */
    public record Subject(
            RuleScope scope, String store, String storeName, ListingView listing, EffectiveRule counts, RuleRow own) {
        String title() {
            if (listing != null) {
                return "Rule of " + (listing.sku() == null ? listing.title() : listing.sku()) + " at " + storeName;
            }
            return store.isEmpty() ? "The default rule" : "Rule of " + storeName;
        }
    }

    /**
     * The page.
     *
     * @param preview what saving, or removing, would do; null before it was asked for
     * @param removing whether the preview is of removing it
     * @param key a fresh idempotency key: a form that is sent twice saves once
     */
    public record View(
            Frame frame,
            Subject subject,
            RuleForm form,
            RulePreview preview,
            boolean removing,
            String back,
            String key) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Subject subject = subject(request);
        show(request, response, subject, RuleForm.of(subject.counts().rule()), null, false);
    }

    @Override
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.WRITE);
        Subject subject = subject(request);
        RuleForm form = RuleForm.typed(request);
        boolean removing = text(request, "do").startsWith("remove");
        try {
            RuleChange change = new RuleChange(subject.scope(), removing ? null : form.rule());
            boolean seen = text(request, "seen").equals(removing ? "removing" : form.text());
            if (seen
                    && (text(request, "do").equals("save")
                            || text(request, "do").equals("remove"))) {
                save(request, response, change);
            } else {
                RulePreview preview = rules.preview(List.of(change), true, SHOWN);
                show(request, response, subject, form, preview, removing);
            }
        } catch (InvalidInputException wrong) {
            response.setStatus(422);
            show(request, response, subject, form.refused(wrong), null, false);
        }
    }

    private void save(HttpServletRequest request, HttpServletResponse response, RuleChange change) throws IOException {
        RuleBook.Applied applied =
                rules.apply(List.of(change), actor(request), new IdempotencyKey(actor(request), text(request, "key")));
        String words = applied.changed() > 0
                ? "Saved. Figures that it changes are on their way to the stores."
                : "Nothing had to be changed.";
        answer(request, response, Links.local(text(request, "back"), RulesServlet.PATH), new Notice(words, false));
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            Subject subject,
            RuleForm form,
            RulePreview preview,
            boolean removing)
            throws IOException {
        render(
                response,
                "rule.jte",
                new View(
                        frame(request, subject.title()),
                        subject,
                        form,
                        preview,
                        removing,
                        Links.local(text(request, "back"), RulesServlet.PATH),
                        UUID.randomUUID().toString()));
    }

    private Subject subject(HttpServletRequest request) {
        String store = text(request, "store");
        if (store.isEmpty()) {
            RuleRow own = rules.rule(RuleScope.DEFAULT).orElse(null);
            ListingRule rule = own == null ? ListingRule.ONE_TO_ONE : own.rule();
            return new Subject(RuleScope.DEFAULT, "", "", null, new EffectiveRule(rule, RuleScope.DEFAULT), own);
        }
        StoreId id = new StoreId(store);
        Store known = stores.find(id).orElseThrow(() -> new NotFoundException("There is no store " + id + "."));
        String listing = request.getParameter("listing");
        if (listing == null || listing.isEmpty()) {
            RuleScope scope = new RuleScope.OfStore(id);
            return new Subject(
                    scope,
                    store,
                    known.name(),
                    null,
                    rules.effective(id),
                    rules.rule(scope).orElse(null));
        }
        String variant = request.getParameter("variant");
        ListingKey key = new ListingKey(id, listing, variant == null ? "" : variant);
        RuleScope scope = new RuleScope.OfListing(key);
        ListingView view = listings.listing(key).orElseThrow(() -> new NotFoundException("There is no " + scope + "."));
        return new Subject(
                scope, store, known.name(), view, view.rule(), rules.rule(scope).orElse(null));
    }
}
