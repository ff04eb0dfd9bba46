package org.evenkeel.accounts.internal;

import java.util.Locale;

/** Under which key a caller's address is counted. */
final class RemoteAddress {

    private static final int LONGEST = 60;
    private static final int HALF_OF_IPV6 = 4;

    private RemoteAddress() {}

    /** An IPv4 address as it is; of an IPv6 address the first 64 bits, which is what one customer is given. */
    static String key(String remote) {
        String address = remote == null ? "" : remote.strip().toLowerCase(Locale.ROOT);
        if (address.startsWith("[") && address.endsWith("]")) {
            address = address.substring(1, address.length() - 1);
        }
        if (address.chars().filter(c -> c == ':').count() < 2) {
            return shorten(address);
        }
        return shorten(network(address));
    }

    private static String network(String address) {
        int zone = address.indexOf('%');
        String[] halves = (zone < 0 ? address : address.substring(0, zone)).split("::", -1);
        String[] head = halves[0].isEmpty() ? new String[0] : halves[0].split(":");
        boolean mapped = address.contains(".");
        if (mapped || (halves.length > 1 && head.length == 0)) {
            return address; // an embedded IPv4 address, or one of this machine
        }
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < HALF_OF_IPV6; i++) {
            network.append(i < head.length ? stripZeros(head[i]) : "0").append(':');
        }
        return network.append(":/64").toString();
    }

    private static String stripZeros(String group) {
        String stripped = group.replaceFirst("^0+", "");
        return stripped.isEmpty() ? "0" : stripped;
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
