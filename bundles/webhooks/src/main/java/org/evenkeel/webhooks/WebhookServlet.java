package org.evenkeel.webhooks;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.WebhookRequest;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code POST /webhooks/<store id>}; the store's connector says whether it is genuine. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/webhooks/*")
public final class WebhookServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int LARGEST_BODY = 2 << 20;

    private final transient Receivers receivers;

    @Activate
    public WebhookServlet(@Reference StoreSync sync) {
        this.receivers = new Receivers(store -> hint(sync, store), Clock.systemUTC());
    }

    /** A store that is not in the ledger yet has no lane that could look. */
    private static void hint(StoreSync sync, String store) {
        try {
            sync.hint(new StoreId(store));
        } catch (NotFoundException unknown) {
            // Its connector came a moment before its lane; the lane looks when it begins.
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addConnector(StoreConnector connector, Map<String, Object> properties) {
        receivers.add(String.valueOf(properties.get(StoreConnector.STORE)), connector);
    }

    void removeConnector(StoreConnector connector, Map<String, Object> properties) {
        receivers.remove(String.valueOf(properties.get(StoreConnector.STORE)), connector);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        String store = path == null ? "" : path.substring(1);
        // Before anything is read: a stranger's body is not worth a byte of memory.
        if (!receivers.knows(store)) {
            response.setStatus(404);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            response.setStatus(413);
            return;
        }
        response.setStatus(
                switch (receivers.take(store, new WebhookRequest(headers(request), body))) {
                    case TAKEN -> 200;
                    case REJECTED -> 401;
                    case NOBODY -> 404;
                });
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        return headers;
    }
}
