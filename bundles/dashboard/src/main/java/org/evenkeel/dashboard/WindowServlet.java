package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WindowBucket;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** A store's oversell windows as a file for a spreadsheet; as a drawing they are on the store's page. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/windows.csv")
@Web.InContext
public final class WindowServlet extends Area {
    private static final long serialVersionUID = 1L;
    private final transient StoreSync sync;

    @Activate
    public WindowServlet(@Reference StoreSync sync, @Reference Surroundings surroundings) {
        super(Name.STORES, surroundings);
        this.sync = sync;
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StoreId store = new StoreId(text(request, "store"));
        if (sync.store(store).isEmpty()) {
            throw new NotFoundException("There is no store " + store + ".");
        }
        Span span = choice(request, "span", Span.DAY);
        List<WindowBucket> windows = span.windows(sync, store, Instant.now());
        Csv.answer(response, "windows-" + store + "-" + span.parameter() + ".csv", to -> {
            to.append("from,orders,half within ms,99 of 100 within ms,longest ms\r\n");
            for (WindowBucket window : windows) {
                to.append(window.from() + "," + window.count() + "," + millis(window.p50()) + "," + millis(window.p99())
                        + "," + millis(window.max()) + "\r\n");
            }
        });
    }

    private static String millis(Duration took) {
        return took == null ? "" : Long.toString(took.toMillis());
    }
}
