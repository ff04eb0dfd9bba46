package org.evenkeel.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where HTTP listens.
 *
 * <p>The port is tried before the framework starts, because the HTTP service logs a taken port and stays up without it.
 */
final class Endpoint {
    private static final int PROBE_TIMEOUT_MILLIS = 2_000;

    private final String address;
    private final InetAddress resolved;
    private final int port;

    private Endpoint(String address, InetAddress resolved, int port) {
        this.address = address;
        this.resolved = resolved;
        this.port = port;
    }

    /**
     * Binds the port for a moment and lets it go.
     *
     * @param port 0 chooses a free one
     * @throws LauncherException if HTTP could not listen there
     */
    static Endpoint free(String address, int port) throws LauncherException {
        InetAddress resolved = resolve(address);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(resolved, port));
            return new Endpoint(address, resolved, socket.getLocalPort());
        } catch (BindException e) {
            throw LauncherException.failure("Cannot listen on port " + port + " of " + address + " (" + e.getMessage()
                    + ");" + " choose another one with --port, EVENKEEL_PORT or 'port=' in the settings file");
        } catch (IOException e) {
            throw LauncherException.failure("Cannot listen on port " + port + " of " + address, e);
        }
    }

    int port() {
        return port;
    }

    /** The address for a browser on this machine. */
    String url() {
        InetAddress shown = resolved.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : resolved;
        String host = resolved.isAnyLocalAddress() || isNumeric() ? shown.getHostAddress() : address;
        return "http://" + (shown instanceof Inet6Address && host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":"
                + port + "/";
    }

    /** Whether an HTTP server answers there, whatever it says. */
    boolean answers() {
        return status() > 0;
    }

    /** Whether it has something to show: the front page, or the way to the log-in. */
    boolean showsPage() {
        int status = status();
        return status >= 200 && status < 400;
    }

    /** @return the HTTP status of the front page; 0 if nothing answers */
    private int status() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url()).toURL().openConnection();
            connection.setConnectTimeout(PROBE_TIMEOUT_MILLIS);
            connection.setReadTimeout(PROBE_TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            int status = Math.max(0, connection.getResponseCode());
            connection.disconnect();
            return status;
        } catch (IOException e) {
            return 0;
        }
    }

    private boolean isNumeric() {
        return address.indexOf(':') >= 0 || address.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    }

    private static InetAddress resolve(String address) throws LauncherException {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw LauncherException.usage("'" + address + "' is no address of this machine that HTTP can listen on");
        }
    }
}
