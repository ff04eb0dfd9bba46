package org.evenkeel.webhooks;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The public address as it was set: valid, absent, or wrong in a way that can be said.
 *
 * @param address without a trailing slash; empty when there is none that holds
 * @param explanation why there is none, and the way out; empty when there is one
 */
record PublicBase(Optional<URI> address, String explanation) {
    private static final String WAY_OUT = " Set the property address of " + PublicConfiguration.PID
            + " to the https address under which this host is reached from the internet.";

    static PublicBase of(String text) {
        String stripped = text == null ? "" : text.strip();
        if (stripped.isEmpty()) {
            return wrong("Webhooks are off: this host has no public address.");
        }
        URI address;
        try {
            address = new URI(stripped.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            return wrong("Webhooks are off: the public address \"" + stripped + "\" is no address.");
        }
        String problem = problem(address);
        return problem.isEmpty()
                ? new PublicBase(Optional.of(address), "")
                : wrong("Webhooks are off: the public address \"" + withoutSecrets(address) + "\" " + problem);
    }

    private static String problem(URI address) {
        if (address.getHost() == null) {
            return "names no host.";
        }
        if (address.getRawUserInfo() != null) {
            return "must not hold a name or password.";
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            return "must not have anything behind ? or #.";
        }
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        boolean plainHere = "http".equalsIgnoreCase(address.getScheme()) && isHere(address.getHost());
        return secure || plainHere ? "" : "must begin with https://, as stores call nothing else.";
    }

    private static boolean isHere(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static String withoutSecrets(URI address) {
        return address.getRawUserInfo() == null
                ? address.toString()
                : address.toString().replace(address.getRawUserInfo() + "@", "…@");
    }

    private static PublicBase wrong(String words) {
        return new PublicBase(Optional.empty(), words + WAY_OUT);
    }
}
