package org.evenkeel.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address or a network of addresses.
 *
 * @param base its first address
 * @param bits how many leading bits count
 */
record Network(byte[] base, int bits) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * Reads {@code 10.0.0.0/8}, {@code ::1} and the like.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Network of(String text) {
        String stripped = text.strip();
        int slash = stripped.indexOf('/');
        byte[] address = literal(slash < 0 ? stripped : stripped.substring(0, slash))
                .map(InetAddress::getAddress)
                .orElseThrow(() -> wrong(text, "is no address such as 127.0.0.1 and no network such as 10.0.0.0/8"));
        int most = address.length * 8;
        if (slash < 0) {
            return new Network(address, most);
        }
        String bits = stripped.substring(slash + 1);
        if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > most) {
            throw wrong(text, "ends in no number of bits from 0 to " + most);
        }
        return new Network(address, Integer.parseInt(bits));
    }

    private static IllegalArgumentException wrong(String text, String problem) {
        return new IllegalArgumentException("\"" + text + "\" " + problem);
    }

    /** An address in digits; a name is none, as nobody is to be asked about it. */
    static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean holds(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != base.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(base, 0, whole, other, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || same(base[whole], other[whole], rest);
    }

    private static boolean same(byte one, byte other, int bits) {
        int mask = 0xff << (8 - bits) & 0xff;
        return (one & mask) == (other & mask);
    }
}
