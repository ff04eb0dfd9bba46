package org.evenkeel.database.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network that can lose everything without a word: connections stand, and nothing comes through any more. */
final class SilentProxy implements AutoCloseable {
    private final URI server;
    private final ServerSocket door;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    /** @param url the address of a PostgreSQL */
    SilentProxy(String url) throws IOException {
        server = URI.create(url.substring("jdbc:".length()));
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    /** The address of the server behind it. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + server.getPath();
    }

    /** From now on nothing comes through, not even that a connection is closed. What is cut stays cut. */
    void cut() {
        silent = true;
    }

    /** New connections come through. */
    void mend() {
        silent = false;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            Socket behind = new Socket(server.getHost(), server.getPort());
            sockets.addAll(List.of(client, behind));
            Cable cable = new Cable();
            run(() -> cable.pump(client, behind));
            run(() -> cable.pump(behind, client));
        }
    }

    /** A connection, which is lost for good by the first cut. */
    private final class Cable {
        private volatile boolean lost;

        void pump(Socket from, Socket to) throws IOException {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                lost |= silent;
                if (!lost) {
                    out.write(buffer, 0, read);
                }
            }
            if (!lost && !silent) {
                to.close();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // By one of both, or at the end.
                    }
                },
                "silent-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
