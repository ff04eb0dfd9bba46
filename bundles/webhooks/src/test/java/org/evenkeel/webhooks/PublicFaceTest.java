package org.evenkeel.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.ledger.StoreId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The public address, and whose word about a client is taken. */
class PublicFaceTest {
    private static PublicFace face(String address, String... trusted) {
        return new PublicFace(new PublicConfiguration() {
            @Override
            public String address() {
                return address;
            }

            @Override
            public String[] trusted_proxies() {
                return trusted;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return PublicConfiguration.class;
            }
        });
    }

    // --- the address

    @Test
    void eachStoreHasAnAddressBelowThePublicOne() {
        PublicFace face = face("https://stock.example.org/evenkeel/");
        assertThat(face.base()).contains(URI.create("https://stock.example.org/evenkeel"));
        assertThat(face.webhooks(new StoreId("shop-1")))
                .contains(URI.create("https://stock.example.org/evenkeel/webhooks/shop-1"));
        assertThat(face.explanation()).isEmpty();
    }

    @Test
    void withoutOneItSaysWhatToDo() {
        assertThat(face("").webhooks(new StoreId("shop"))).isEmpty();
        assertThat(face(" ").explanation()).contains("no public address").contains(PublicConfiguration.PID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://stock.example.org | must begin with https://",
                "ftp://stock.example.org | must begin with https://",
                "stock.example.org | names no host",
                "https:// | is no address",
                "https://a b | is no address",
                "https://stock.example.org/?a=b | behind ? or #",
                "https://stock.example.org/#x | behind ? or #",
                "https://me:hush@stock.example.org | name or password"
            })
    void anAddressThatDoesNotHoldIsNamedWithItsProblem(String address, String problem) {
        PublicFace face = face(address);
        assertThat(face.base()).isEmpty();
        assertThat(face.explanation())
                .contains(problem)
                .contains("Set the property")
                .doesNotContain("hush");
    }

    @Test
    void plainHttpIsForThisMachineOnly() {
        assertThat(face("http://127.0.0.1:8080").base()).isPresent();
        assertThat(face("http://localhost:8080").base()).isPresent();
    }

    // --- networks

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "::1, ::1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.0/8, ::1, false"
    })
    void aNetworkHoldsWhatItsBitsSay(String network, String address, boolean holds) {
        assertThat(Network.of(network).holds(Network.literal(address).orElseThrow()))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "300.1.1.1", "1.2.3", "/8"})
    void whatIsNoNetworkIsNamed(String text) {
        assertThatThrownBy(() -> Network.of(text)).hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void aWrongEntryTrustsNobody() {
        PublicFace face = face("", "127.0.0.1", "nonsense");
        assertThat(origin(face, "127.0.0.1", Map.of("X-Forwarded-For", List.of("203.0.113.9")))
                        .client())
                .isEqualTo("127.0.0.1");
    }

    // --- forwarded headers

    private static Proxies.Origin origin(PublicFace face, String peer, Map<String, List<String>> headers) {
        return face.proxies().origin(peer, name -> headers.getOrDefault(name, List.of()));
    }

    @Test
    void nobodyButATrustedProxyIsBelieved() {
        PublicFace face = face("", "10.0.0.1");
        Map<String, List<String>> headers = Map.of(
                "X-Forwarded-For", List.of("203.0.113.9"),
                "X-Forwarded-Proto", List.of("https"),
                "X-Forwarded-Host", List.of("stock.example.org"));
        assertThat(origin(face, "198.51.100.4", headers)).isEqualTo(new Proxies.Origin("198.51.100.4", null, null));
        assertThat(origin(face, "10.0.0.1", headers))
                .isEqualTo(new Proxies.Origin("203.0.113.9", "https", "stock.example.org"));
    }

    @Test
    void whatAClientWroteIntoTheHeaderItselfIsNotBelieved() {
        PublicFace face = face("", "10.0.0.0/8");
        assertThat(origin(face, "10.0.0.1", Map.of("X-Forwarded-For", List.of("1.2.3.4, 203.0.113.9, 10.0.0.7")))
                        .client())
                .isEqualTo("203.0.113.9");
        assertThat(origin(face, "10.0.0.1", Map.of("X-Forwarded-For", List.of("1.2.3.4", "203.0.113.9")))
                        .client())
                .isEqualTo("203.0.113.9");
    }

    @Test
    void theStandardHeaderWinsAndIsReadWithItsQuotesAndPorts() {
        PublicFace face = face("", "10.0.0.0/8");
        Map<String, List<String>> headers = Map.of(
                "Forwarded",
                List.of("for=1.2.3.4;proto=ftp, for=\"[2001:db8::7]:4711\";proto=https;host=stock.example.org:8443"),
                "X-Forwarded-For",
                List.of("9.9.9.9"));
        assertThat(origin(face, "10.0.0.1", headers))
                .isEqualTo(new Proxies.Origin("2001:db8:0:0:0:0:0:7", "https", "stock.example.org:8443"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "_hidden", "", "proxy.example.org", "999.1.1.1"})
    void whatIsNoAddressLeavesTheProxyAsTheClient(String from) {
        PublicFace face = face("", "10.0.0.1");
        assertThat(origin(face, "10.0.0.1", Map.of("X-Forwarded-For", List.of(from)))
                        .client())
                .isEqualTo("10.0.0.1");
    }

    @Test
    void nonsenseInSchemeAndHostIsLeftOut() {
        PublicFace face = face("", "10.0.0.1");
        assertThat(origin(
                        face,
                        "10.0.0.1",
                        Map.of(
                                "X-Forwarded-For", List.of("203.0.113.9"),
                                "X-Forwarded-Proto", List.of("javascript"),
                                "X-Forwarded-Host", List.of("evil.example/<script>"))))
                .isEqualTo(new Proxies.Origin("203.0.113.9", null, null));
    }

    // --- requests

    @Test
    void aRequestLooksAsTheClientSentIt() throws Exception {
        HttpServletRequest seen = through(
                face("", "10.0.0.1"),
                "10.0.0.1",
                Map.of(
                        "X-Forwarded-For", "203.0.113.9",
                        "X-Forwarded-Proto", "https",
                        "X-Forwarded-Host", "stock.example.org"));
        assertThat(seen.getRemoteAddr()).isEqualTo("203.0.113.9");
        assertThat(seen.isSecure()).isTrue();
        assertThat(seen.getServerName()).isEqualTo("stock.example.org");
        assertThat(seen.getServerPort()).isEqualTo(443);
        assertThat(seen.getRequestURL().toString()).isEqualTo("https://stock.example.org/login");
    }

    @Test
    void aRequestThatNobodyForwardedStaysAsItIs() throws Exception {
        HttpServletRequest seen =
                through(face("", "10.0.0.1"), "198.51.100.4", Map.of("X-Forwarded-For", "203.0.113.9"));
        assertThat(seen).isNotInstanceOf(ForwardedRequest.class);
        assertThat(seen.getRemoteAddr()).isEqualTo("198.51.100.4");
    }

    private static HttpServletRequest through(PublicFace face, String peer, Map<String, String> headers)
            throws Exception {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                PublicFaceTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> peer;
                    case "getHeaders" ->
                        Collections.enumeration(
                                headers.containsKey(arguments[0]) ? List.of(headers.get(arguments[0])) : List.of());
                    case "getScheme" -> "http";
                    case "isSecure" -> false;
                    case "getServerName" -> "127.0.0.1";
                    case "getServerPort" -> 8080;
                    case "getRequestURI" -> "/login";
                    default -> null;
                });
        AtomicReference<HttpServletRequest> seen = new AtomicReference<>();
        face.doFilter(request, null, (through, response) -> seen.set((HttpServletRequest) through));
        return seen.get();
    }
}
