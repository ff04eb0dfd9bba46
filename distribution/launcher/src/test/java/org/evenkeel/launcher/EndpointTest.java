package org.evenkeel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class EndpointTest {
    @Test
    void aTakenPortIsRefusedWithTheWaysToChooseAnother() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> Endpoint.free("127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(LauncherException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--port")
                    .hasMessageContaining("EVENKEEL_PORT")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void portZeroChoosesAFreeOneAndLeavesItFree() throws Exception {
        Endpoint endpoint = Endpoint.free("127.0.0.1", 0);
        assertThat(endpoint.port()).isPositive();
        assertThat(Endpoint.free("127.0.0.1", endpoint.port()).port()).isEqualTo(endpoint.port());
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        assertThatThrownBy(() -> Endpoint.free("192.0.2.1", 0)).isInstanceOf(LauncherException.class);
    }

    @Test
    void theUrlIsOneForABrowserOnThisMachine() throws Exception {
        assertThat(Endpoint.free("127.0.0.1", 0).url()).matches("http://127\\.0\\.0\\.1:\\d+/");
        assertThat(Endpoint.free("localhost", 0).url()).matches("http://localhost:\\d+/");
        assertThat(Endpoint.free("0.0.0.0", 0).url()).matches("http://127\\.0\\.0\\.1:\\d+/");
    }

    @Test
    void anyAnswerOfAnHttpServerCountsAndSilenceDoesNot() throws Exception {
        Endpoint endpoint = Endpoint.free("127.0.0.1", 0);
        assertThat(endpoint.answers()).isFalse();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", endpoint.port()), 0);
        server.start();
        try {
            assertThat(endpoint.answers()).as("404 is an answer").isTrue();
            assertThat(endpoint.showsPage()).as("but no page").isFalse();
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            assertThat(endpoint.showsPage()).as("the way to the log-in is one").isTrue();
        } finally {
            server.stop(0);
        }
    }
}
