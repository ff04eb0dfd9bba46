package org.evenkeel.webconsole.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a request that changes something comes from our own pages.
 *
 * <p>The session cookie is {@code SameSite=Lax}, so that browsers leave it off most requests that another site makes. That
 * leaves sites of the same registrable domain, other ports of the same host, and browsers that remember credentials of
 * HTTP basic. The Web Console's forms carry no token, so the request's origin is asked for.
 */
final class SameOrigin {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** What the request says of where it comes from. */
    enum Verdict {
        /** From our own pages, or it changes nothing. */
        OURS,
        /** From another site's page. */
        FOREIGN,
        /** It does not say: no browser of today. */
        SILENT
    }

    private SameOrigin() {}

    static Verdict of(HttpServletRequest request) {
        if (SAFE.contains(request.getMethod().toUpperCase(Locale.ROOT))) {
            return Verdict.OURS;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none") ? Verdict.OURS : Verdict.FOREIGN;
        }
        String origin = firstNonNull(request.getHeader("Origin"), request.getHeader("Referer"));
        if (origin == null) {
            return Verdict.SILENT;
        }
        return isHost(origin, request.getHeader("Host")) ? Verdict.OURS : Verdict.FOREIGN;
    }

    private static String firstNonNull(String one, String other) {
        return one != null ? one : other;
    }

    /** Compares host and port; the scheme is not ours to know behind a proxy that ends TLS. */
    private static boolean isHost(String origin, String host) {
        try {
            URI uri = URI.create(origin);
            return host != null
                    && uri.getRawAuthority() != null
                    && uri.getRawAuthority().equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
