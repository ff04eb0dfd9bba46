package org.evenkeel.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.FeatureContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal;

/**
 * Says who asks and whether they may. Programs carry a token ({@code Authorization: Bearer …}); a page's scripts use its
 * session's cookie, and then everything but reading also carries the session's secret in {@code X-CSRF-Token}.
 */
final class Authentication implements DynamicFeature {
    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private final Accounts accounts;

    Authentication(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (!resource.getResourceMethod().isAnnotationPresent(Open.class)) {
            context.register(new Gate(accounts, needed(resource)), Priorities.AUTHENTICATION);
        }
    }

    private static Principal.Scope needed(ResourceInfo resource) {
        return Stream.of(resource.getResourceMethod(), resource.getResourceClass())
                .map(element -> element.getAnnotation(Needs.class))
                .filter(needs -> needs != null)
                .map(Needs::value)
                .findFirst()
                .orElse(null);
    }

    /** Stands before one method. */
    static final class Gate implements ContainerRequestFilter {
        private final Accounts accounts;
        private final Principal.Scope needed;

        @Context
        private HttpServletRequest http;

        Gate(Accounts accounts, Principal.Scope needed) {
            this.accounts = accounts;
            this.needed = needed;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            Principal caller = caller(request)
                    .orElseThrow(
                            () -> new Problem(
                                    401,
                                    "Not authenticated",
                                    "Send an API token as 'Authorization: Bearer …'. Tokens are made on the page under Account."));
            Principal.Scope scope = needed != null
                    ? needed
                    : READING.contains(request.getMethod()) ? Principal.Scope.READ : Principal.Scope.WRITE;
            if (!caller.may(scope)) {
                throw new Problem(
                        403, "Not allowed", "This needs the scope " + scope + "; yours is " + caller.scope() + ".");
            }
            Caller.set(request, caller);
        }

        private Optional<Principal> caller(ContainerRequestContext request) {
            String authorization = request.getHeaderString("Authorization");
            if (authorization != null) {
                return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                        ? accounts.token(authorization.substring(7).strip(), http == null ? "" : http.getRemoteAddr())
                        : Optional.empty();
            }
            return session(request);
        }

        private Optional<Principal> session(ContainerRequestContext request) {
            Cookie cookie = request.getCookies().get(Accounts.SESSION_COOKIE);
            Optional<Accounts.Session> session =
                    cookie == null ? Optional.empty() : accounts.session(cookie.getValue());
            if (session.isPresent() && !READING.contains(request.getMethod())) {
                String sent = request.getHeaderString("X-CSRF-Token");
                if (sent == null
                        || !MessageDigest.isEqual(
                                sent.getBytes(StandardCharsets.UTF_8),
                                session.get().csrf().getBytes(StandardCharsets.UTF_8))) {
                    throw new Problem(
                            403, "Not allowed", "The session's X-CSRF-Token is missing or stale: load the page again.");
                }
            }
            return session.map(Accounts.Session::principal);
        }
    }
}
