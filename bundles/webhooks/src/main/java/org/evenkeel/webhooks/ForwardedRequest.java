package org.evenkeel.webhooks;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request as the client sent it to the first trusted proxy. */
final class ForwardedRequest extends HttpServletRequestWrapper {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Proxies.Origin origin;

    ForwardedRequest(HttpServletRequest request, Proxies.Origin origin) {
        super(request);
        this.origin = origin;
    }

    @Override
    public String getRemoteAddr() {
        return origin.client();
    }

    @Override
    public String getRemoteHost() {
        return origin.client();
    }

    @Override
    public String getScheme() {
        return origin.scheme() == null ? super.getScheme() : origin.scheme();
    }

    @Override
    public boolean isSecure() {
        return origin.scheme() == null ? super.isSecure() : origin.scheme().equals("https");
    }

    @Override
    public String getServerName() {
        return origin.host() == null ? super.getServerName() : name(origin.host());
    }

    @Override
    public int getServerPort() {
        if (origin.host() == null) {
            return super.getServerPort();
        }
        String port = origin.host().substring(name(origin.host()).length());
        if (port.startsWith(":")) {
            return Integer.parseInt(port.substring(1));
        }
        return isSecure() ? HTTPS : HTTP;
    }

    private static String name(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end <= 0 ? host : host.substring(0, end);
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer address = new StringBuffer(getScheme()).append("://").append(getServerName());
        boolean usual = getServerPort() == (isSecure() ? HTTPS : HTTP);
        if (!usual) {
            address.append(':').append(getServerPort());
        }
        return address.append(getRequestURI());
    }
}
