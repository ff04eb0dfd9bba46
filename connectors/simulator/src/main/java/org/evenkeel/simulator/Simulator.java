package org.evenkeel.simulator;

import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.evenkeel.simulator.control.ControlApi;
import org.evenkeel.simulator.shopify.ShopifyProtocol;

/**
 * Stores on loopback that speak their real wire protocols. Life cycle: build, add shops (also later), {@link #start},
 * {@link #close}. Safe for use by many threads.
 */
public final class Simulator implements AutoCloseable {
    private final Map<String, Shop> shops = Collections.synchronizedMap(new LinkedHashMap<>());
    private final SimClock clock;
    private final int port;
    private final String controlToken;
    private final List<StoreProtocol> protocols = List.of(new ShopifyProtocol());
    private final Deliveries deliveries =
            new Deliveries(first -> this.protocols.get(0).again(first));
    private final Customers customers = new Customers(this);
    private SimulatorServer server;

    private Simulator(Builder builder) {
        this.clock = builder.clock;
        this.port = builder.port;
        this.controlToken = builder.controlToken;
        builder.shops.forEach(this::addShop);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What a simulator is made of. */
    public static final class Builder {
        private final Map<String, String> shops = new LinkedHashMap<>();
        private SimClock clock = SimClock.running();
        private int port;
        private String controlToken = Secrets.random();

        private Builder() {}

        /** The port on 127.0.0.1; 0 (the default) takes a free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** The token for {@code /control}; a random one by default. */
        public Builder controlToken(String token) {
            controlToken = Objects.requireNonNull(token, "token");
            return this;
        }

        public Builder clock(SimClock simClock) {
            clock = Objects.requireNonNull(simClock, "clock");
            return this;
        }

        /** A shop with one location and the token that apps must send. */
        public Builder shop(String name, String token) {
            shops.put(name, token);
            return this;
        }

        public Simulator build() {
            return new Simulator(this);
        }
    }

    /** Starts to listen. */
    public synchronized Simulator start() throws IOException {
        if (server != null) {
            throw new IllegalStateException("The simulator is started already");
        }
        server = SimulatorServer.start(port, new Router(this, new ControlApi(this), protocols));
        return this;
    }

    /** Where it listens, such as {@code http://127.0.0.1:49152}. */
    public synchronized URI address() {
        if (server == null) {
            throw new IllegalStateException("The simulator is not started");
        }
        return server.address();
    }

    /** The address to give to a connector for this shop; {@code /admin/api/…} follows it. */
    public URI address(Shop shop) {
        return protocols.get(0).address(address(), shop.name());
    }

    public String controlToken() {
        return controlToken;
    }

    /** Whether {@code candidate} opens the control API. */
    public boolean isControlToken(String candidate) {
        return Secrets.same(controlToken, candidate);
    }

    public SimClock clock() {
        return clock;
    }

    /** Those who buy, across all shops. */
    public Customers customers() {
        return customers;
    }

    /** Adds a shop; its name is part of a path: letters, digits, dot, dash. */
    public Shop addShop(String name, String token) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]*") || name.equals("control")) {
            throw new IllegalArgumentException(
                    "A shop's name is part of its address: letters, digits, '.' and '-', not '" + name + "'");
        }
        synchronized (shops) {
            if (shops.containsKey(name)) {
                throw new IllegalArgumentException("There is a shop named " + name + " already");
            }
            // Far apart, so that an id of one shop never means something in another.
            Shop shop = new Shop(name, token, clock, 1_000_000_000L * (shops.size() + 1));
            shops.put(name, shop);
            shop.onHappening(happening -> tell(shop, happening));
            return shop;
        }
    }

    private void tell(Shop shop, Happening happening) {
        if (!shop.callbacks().all().isEmpty()) {
            protocols.get(0).notices(shop, happening).forEach(notice -> deliveries.send(shop, notice));
        }
    }

    /** What the shops deliver to those who subscribed. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** Changes how a shop's deliveries go; what an outage held up leaves when it ends. */
    public void deliver(Shop shop, Callbacks.Manner manner) {
        shop.callbacks().setManner(manner);
        if (!manner.outage()) {
            deliveries.release(shop);
        }
    }

    /**
     * The shop of that name.
     *
     * @throws NoSuchElementException if there is none
     */
    public Shop shop(String name) {
        Shop shop = shops.get(name);
        if (shop == null) {
            throw new NoSuchElementException("There is no shop named " + name);
        }
        return shop;
    }

    /** All shops in the order in which they were added. */
    public Collection<Shop> shops() {
        synchronized (shops) {
            return List.copyOf(shops.values());
        }
    }

    /** Stops customers and server; calls that hang are abandoned. */
    @Override
    public synchronized void close() {
        customers.stop();
        shops().forEach(shop -> shop.faults().abandon());
        deliveries.close();
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
