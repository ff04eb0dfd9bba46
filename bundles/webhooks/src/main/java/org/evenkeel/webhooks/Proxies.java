package org.evenkeel.webhooks;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxies whose word about a client is taken, and what they say. A header that a proxy hands on may begin with whatever
 * a client wrote into it: it is read from its end, as far as the proxies reach. Immutable.
 */
final class Proxies {
    static final Proxies NONE = new Proxies(List.of());

    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}\\])(?::\\d{1,5})?");
    private static final Pattern PAIR = Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"([^\"]*)\"|([^;,\\s]*))");

    private final List<Network> trusted;

    private Proxies(List<Network> trusted) {
        this.trusted = trusted;
    }

    /**
     * @param texts addresses and networks
     * @throws IllegalArgumentException naming the one that is neither
     */
    static Proxies of(String... texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            if (!text.isBlank()) {
                networks.add(Network.of(text));
            }
        }
        return new Proxies(List.copyOf(networks));
    }

    /**
     * Who asks, and by which address.
     *
     * @param client the client's address, in digits; never null
     * @param scheme http or https; null where no trusted proxy said so
     * @param host host and perhaps port; null where no trusted proxy said so
     */
    record Origin(String client, String scheme, String host) {}

    /** One hop that a header tells of. */
    private record Hop(String from, String scheme, String host) {}

    /**
     * Finds out who asks.
     *
     * @param peer who is at the other end of the connection, in digits
     * @param headers all values of a header, by name
     */
    Origin origin(String peer, Function<String, List<String>> headers) {
        if (!trusts(peer)) {
            return new Origin(peer, null, null);
        }
        List<String> standard = headers.apply("Forwarded");
        return follow(peer, standard.isEmpty() ? classic(headers) : standard(standard));
    }

    private boolean trusts(String address) {
        Optional<InetAddress> literal = Network.literal(address);
        return literal.isPresent() && trusted.stream().anyMatch(network -> network.holds(literal.get()));
    }

    /** From the last hop backwards: whom a trusted proxy named is the client, unless that is a trusted proxy, too. */
    private Origin follow(String peer, List<Hop> hops) {
        String client = peer;
        String scheme = null;
        String host = null;
        for (int i = hops.size() - 1; i >= 0 && trusts(client); i--) {
            Hop hop = hops.get(i);
            Optional<InetAddress> from = Network.literal(hop.from());
            if (from.isEmpty()) {
                break;
            }
            client = from.get().getHostAddress();
            scheme = hop.scheme() == null ? scheme : hop.scheme();
            host = hop.host() == null ? host : hop.host();
        }
        return new Origin(client, scheme, host);
    }

    // --- RFC 7239

    private static List<Hop> standard(List<String> values) {
        List<Hop> hops = new ArrayList<>();
        for (String element : split(values)) {
            String from = "";
            String scheme = null;
            String host = null;
            Matcher pair = PAIR.matcher(element);
            while (pair.find()) {
                String value = pair.group(2) == null ? pair.group(3) : pair.group(2);
                switch (pair.group(1).toLowerCase(Locale.ROOT)) {
                    case "for" -> from = withoutPort(value);
                    case "proto" -> scheme = scheme(value);
                    case "host" -> host = host(value);
                    default -> {}
                }
            }
            hops.add(new Hop(from, scheme, host));
        }
        return hops;
    }

    // --- X-Forwarded-*

    private static List<Hop> classic(Function<String, List<String>> headers) {
        List<String> from = split(headers.apply("X-Forwarded-For"));
        List<String> schemes = split(headers.apply("X-Forwarded-Proto"));
        List<String> hosts = split(headers.apply("X-Forwarded-Host"));
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            hops.add(new Hop(
                    withoutPort(from.get(i)),
                    scheme(beside(schemes, i, from.size())),
                    host(beside(hosts, i, from.size()))));
        }
        return hops;
    }

    /** Proxies that add to one list may replace the other: where the lengths differ, the last word is the nearest proxy's. */
    private static String beside(List<String> values, int position, int length) {
        if (values.size() == length) {
            return values.get(position);
        }
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    private static List<String> split(List<String> values) {
        List<String> all = new ArrayList<>();
        for (String value : values) {
            for (String part : value.split(",")) {
                all.add(part.strip());
            }
        }
        return all;
    }

    private static String withoutPort(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end < 0 ? "" : node.substring(1, end);
        }
        int colon = node.indexOf(':');
        return colon > 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
    }

    private static String scheme(String text) {
        return text == null || !text.equalsIgnoreCase("http") && !text.equalsIgnoreCase("https")
                ? null
                : text.toLowerCase(Locale.ROOT);
    }

    private static String host(String text) {
        return text == null || !HOST.matcher(text).matches() ? null : text;
    }
}
