package org.evenkeel.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP connection to somewhere that can be cut: what goes through it ends, and nobody gets through any more. */
final class Cable implements AutoCloseable {
    private final ServerSocket end;
    private final int target;
    private final Set<Socket> through = ConcurrentHashMap.newKeySet();

    private Cable(ServerSocket end, int target) {
        this.end = end;
        this.target = target;
    }

    /** @param target a port of this machine */
    static Cable to(int target) throws IOException {
        Cable cable = new Cable(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target);
        daemon(cable::accept);
        return cable;
    }

    int port() {
        return end.getLocalPort();
    }

    private void accept() {
        while (!end.isClosed()) {
            try {
                Socket near = end.accept();
                through.add(near);
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                through.add(far);
                daemon(() -> pump(near, far));
                daemon(() -> pump(far, near));
            } catch (IOException e) {
                // It was cut, or the far end refuses; the near end sees either.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // Both ends are closed.
        } finally {
            through.remove(from);
            through.remove(to);
        }
    }

    void cut() {
        try {
            end.close();
            for (Socket socket : through) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }
}
