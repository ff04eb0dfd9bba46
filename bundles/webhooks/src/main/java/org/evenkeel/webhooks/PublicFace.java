package org.evenkeel.webhooks;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.PublicAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the world reaches this host. As {@link PublicAddress} it says where stores call back; as a preprocessor it comes before
 * every page and resource, and makes a request that a trusted proxy handed on look as the client sent it. What is wrong with
 * the setting is in the log and on the stores' pages; nobody is trusted then, and no address is told.
 */
@Component(
        service = {PublicAddress.class, Preprocessor.class, PublicFace.class},
        configurationPid = PublicConfiguration.PID)
@Designate(ocd = PublicConfiguration.class)
public final class PublicFace implements PublicAddress, Preprocessor {
    private static final Logger LOG = LoggerFactory.getLogger(PublicFace.class);

    private final PublicBase base;
    private final Proxies proxies;

    /** Reads the configuration; no I/O. */
    @Activate
    public PublicFace(PublicConfiguration configuration) {
        this.base = PublicBase.of(configuration.address());
        if (base.address().isEmpty() && !configuration.address().isBlank()) {
            LOG.error(base.explanation());
        }
        this.proxies = proxies(configuration.trusted_proxies());
    }

    private static Proxies proxies(String... trusted) {
        try {
            return Proxies.of(trusted);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "No proxy is trusted, as one entry of trusted.proxies of {} is wrong: {}.",
                    PublicConfiguration.PID,
                    e.getMessage());
            return Proxies.NONE;
        }
    }

    @Override
    public Optional<URI> base() {
        return base.address();
    }

    @Override
    public Optional<URI> webhooks(StoreId store) {
        return base.address().map(address -> URI.create(address + Door.PATH + store.value()));
    }

    @Override
    public String explanation() {
        return base.explanation();
    }

    Proxies proxies() {
        return proxies;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request instanceof HttpServletRequest http ? asSent(http) : request, response);
    }

    private HttpServletRequest asSent(HttpServletRequest request) {
        Proxies.Origin origin = proxies.origin(request.getRemoteAddr(), name -> values(request, name));
        boolean asItCame =
                origin.client().equals(request.getRemoteAddr()) && origin.scheme() == null && origin.host() == null;
        return asItCame ? request : new ForwardedRequest(request, origin);
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }
}
