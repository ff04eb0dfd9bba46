package org.evenkeel.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import org.evenkeel.accounts.Principal;

/** The principal behind a request, as Jakarta REST carries it. */
record Caller(Principal principal, boolean secure) implements SecurityContext {

    /** Who made this request; only called behind {@link Authentication}. */
    static Principal of(SecurityContext context) {
        return ((Name) context.getUserPrincipal()).principal();
    }

    static void set(ContainerRequestContext request, Principal principal) {
        request.setSecurityContext(new Caller(
                principal, "https".equals(request.getUriInfo().getRequestUri().getScheme())));
    }

    /** A principal by the JDK's interface. */
    record Name(Principal principal) implements java.security.Principal {
        @Override
        public String getName() {
            return principal.name();
        }
    }

    @Override
    public java.security.Principal getUserPrincipal() {
        return new Name(principal);
    }

    @Override
    public boolean isUserInRole(String role) {
        return principal.may(Principal.Scope.valueOf(role));
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
