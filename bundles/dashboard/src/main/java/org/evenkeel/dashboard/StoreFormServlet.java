package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.LedgerException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.setup.StoreForm;
import org.evenkeel.setup.StoreKind;
import org.evenkeel.setup.StoreSetup;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The form of a store, drawn from its connector's metatype: {@code ?kind=…} for a new one, {@code ?store=…} for one there. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/store-form")
@Web.InContext
public final class StoreFormServlet extends Area {
    private static final long serialVersionUID = 1L;
    private final transient StoreSetup setup;

    @Activate
    public StoreFormServlet(@Reference StoreSetup setup, @Reference Surroundings surroundings) {
        super(Name.STORES, surroundings);
        this.setup = setup;
    }

    /**
     * The form.
     *
     * @param target where it is sent
     * @param trouble why it was refused; empty when it was not
     */
    public record View(Frame frame, String target, StoreKind kind, String name, StoreFields fields, String trouble) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.ADMIN);
        render(response, "store-form.jte", text(request, "store").isEmpty() ? fresh(request) : present(request));
    }

    private View fresh(HttpServletRequest request) {
        StoreKind kind = setup.kind(text(request, "kind"))
                .orElseThrow(() -> new NotFoundException("The connector of that kind is away: deploy it first."));
        return new View(frame(request, "Add a store"), "/stores", kind, "", StoreFields.fresh(kind), "");
    }

    private View present(HttpServletRequest request) {
        StoreForm form = form(request);
        return new View(
                frame(request, "Edit " + form.name()),
                "/store-form?store=" + text(request, "store"),
                form.kind(),
                form.name(),
                StoreFields.present(form),
                "");
    }

    private StoreForm form(HttpServletRequest request) {
        StoreId store = new StoreId(text(request, "store"));
        return setup.form(store)
                .orElseThrow(
                        () -> new NotFoundException("Store " + store + " has no settings, or its connector is away."));
    }

    @Override
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.ADMIN);
        StoreForm form = form(request);
        StoreFields typed = StoreFields.typed(form.kind(), request);
        StoreId store = new StoreId(text(request, "store"));
        try {
            setup.update(store, text(request, "name"), typed.changed(request), actor(request));
            answer(request, response, "/stores/" + store, new Notice("Saved. Check it again before you go on.", false));
        } catch (LedgerException refused) {
            response.setStatus(422);
            render(
                    response,
                    "store-form.jte",
                    new View(
                            frame(request, "Edit " + form.name()),
                            "/store-form?store=" + store,
                            form.kind(),
                            text(request, "name"),
                            new StoreFields(typed.values(), form.secretsSet()),
                            refused.getMessage()));
        }
    }
}
