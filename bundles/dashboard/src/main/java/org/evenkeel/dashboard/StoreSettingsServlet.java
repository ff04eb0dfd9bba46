package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** How a store is kept level: {@code ?store=…}. Not to be taken for the form of its connector. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/store-settings")
@Web.InContext
public final class StoreSettingsServlet extends Area {
    private static final long serialVersionUID = 1L;
    private final transient StoreSync sync;

    @Activate
    public StoreSettingsServlet(@Reference StoreSync sync, @Reference Surroundings surroundings) {
        super(Name.STORES, surroundings);
        this.sync = sync;
    }

    /** The form. */
    public record View(Frame frame, StoreStatus status, SettingsForm form) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.ADMIN);
        StoreStatus status = status(request);
        show(request, response, status, SettingsForm.of(status.settings()));
    }

    /** What cannot be taken comes back to the form as it was typed, with the reason at its field. */
    @Override
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.ADMIN);
        StoreStatus status = status(request);
        StoreId store = status.store().id();
        SettingsForm form = SettingsForm.typed(request);
        try {
            sync.configure(store, form.settings(), actor(request));
            answer(request, response, "/stores/" + store, new Notice("Saved; it holds from now on.", false));
        } catch (InvalidInputException wrong) {
            response.setStatus(422);
            show(request, response, status, form.refused(wrong));
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response, StoreStatus status, SettingsForm form)
            throws IOException {
        render(
                response,
                "store-settings.jte",
                new View(frame(request, "How " + status.store().name() + " is kept level"), status, form));
    }

    private StoreStatus status(HttpServletRequest request) {
        StoreId store = new StoreId(text(request, "store"));
        return sync.store(store).orElseThrow(() -> new NotFoundException("There is no store " + store + "."));
    }
}
