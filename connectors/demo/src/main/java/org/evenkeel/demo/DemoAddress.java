package org.evenkeel.demo;

import java.net.URI;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.PublicAddress;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** The shops are on this machine: for them this host is public, wherever nobody else could reach it. */
record DemoAddress(URI here) implements PublicAddress {
    private static final String PORT = "evenkeel.http.port";
    private static final int AHEAD_OF_THE_SETTING = 100;

    /** Where this host listens; empty where it was not started by its launcher. */
    static Optional<DemoAddress> of(BundleContext context) {
        return Optional.ofNullable(context.getProperty(PORT))
                .filter(port -> port.matches("[1-9]\\d{0,4}"))
                .map(port -> new DemoAddress(URI.create("http://127.0.0.1:" + port)));
    }

    /** So that it comes before what an administrator may have set. */
    static Dictionary<String, Object> first() {
        return new Hashtable<>(Map.of(Constants.SERVICE_RANKING, AHEAD_OF_THE_SETTING));
    }

    @Override
    public Optional<URI> base() {
        return Optional.of(here);
    }

    @Override
    public Optional<URI> webhooks(StoreId store) {
        return Optional.of(URI.create(here + "/webhooks/" + store.value()));
    }

    @Override
    public String explanation() {
        return "";
    }
}
