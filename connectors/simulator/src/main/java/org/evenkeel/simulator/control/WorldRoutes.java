package org.evenkeel.simulator.control;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.evenkeel.simulator.Budget;
import org.evenkeel.simulator.Customers;
import org.evenkeel.simulator.Fault;
import org.evenkeel.simulator.RequestLog;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;

/** The clock, the customers, the faults, the budget and the log of calls. */
final class WorldRoutes {
    private static final String SHOP = "/control/shops/{shop}";

    private final Simulator simulator;

    WorldRoutes(Simulator simulator) {
        this.simulator = simulator;
    }

    void addTo(List<Route> routes) {
        routes.add(new Route("GET", "/control/clock", this::clock));
        routes.add(new Route("POST", "/control/clock", this::moveClock));
        routes.add(new Route("POST", "/control/customers", this::customers));
        routes.add(
                new Route("GET", SHOP + "/faults", input -> shop(input).faults().waiting()));
        routes.add(new Route("POST", SHOP + "/faults", this::addFault));
        routes.add(new Route("DELETE", SHOP + "/faults", this::clearFaults));
        routes.add(new Route("POST", SHOP + "/release", this::release));
        routes.add(new Route("POST", SHOP + "/budget", this::budget));
        routes.add(new Route("GET", SHOP + "/log", this::log));
        routes.add(new Route("DELETE", SHOP + "/log", this::clearLog));
    }

    private Shop shop(Input input) {
        return simulator.shop(input.path("shop"));
    }

    // ---- clock and customers

    private Object clock(Input input) {
        return Map.of(
                "now", simulator.clock().instant().toString(),
                "standing", simulator.clock().isStanding());
    }

    private Object moveClock(Input input) {
        try {
            input.optional("set").ifPresent(text -> simulator.clock().set(Instant.parse(text)));
            input.optional("advance").ifPresent(text -> simulator.clock().advance(duration(text)));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("A time looks like 2026-07-01T12:00:00Z: " + e.getParsedString());
        }
        if (input.flag("run", false)) {
            simulator.clock().run();
        }
        return clock(input);
    }

    private static Duration duration(String text) {
        try {
            return text.matches("\\d+") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("A duration is a number of seconds or looks like PT1M30S, not " + text);
        }
    }

    private Object customers(Input input) {
        Customers customers = simulator.customers();
        long seed = input.has("seed") ? input.number("seed") : 1;
        switch (input.text("do")) {
            case "start" -> customers.start(seed, duration(input.text("every")));
            case "stop" -> customers.stop();
            case "seed" -> customers.seed(seed);
            case "next" -> {
                return view(customers.next());
            }
            default -> throw new IllegalArgumentException("'do' is one of start, stop, seed, next");
        }
        return Map.of("running", customers.running());
    }

    private static Map<String, Object> view(Customers.Visit visit) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("shop", visit.shop().name());
        view.put("what", visit.what());
        view.put("order", visit.order() == null ? null : visit.order().name());
        return view;
    }

    // ---- faults

    private Object addFault(Input input) {
        Shop shop = shop(input);
        switch (input.text("kind").toUpperCase(Locale.ROOT)) {
            case "LATE_ORDERS" -> shop.orders().setLag(duration(input.text("length")));
            case "HOLD_ORDERS" -> shop.orders().hold();
            case "DUPLICATES" -> shop.faults().setDuplicates(input.flag("on", true));
            case "EMPTY_BUDGET" -> shop.budget().drain();
            default -> shop.faults().add(fault(input));
        }
        return shop.faults().waiting();
    }

    private static Fault fault(Input input) {
        Fault fault = Fault.next(input.choice(Fault.Kind.class, "kind"));
        fault = input.has("times") ? fault.times(input.count("times")) : fault;
        fault = input.has("on") ? fault.on(input.text("on")) : fault;
        fault = input.has("length") ? fault.lasting(duration(input.text("length"))) : fault;
        return input.has("status") ? fault.status(input.count("status")) : fault;
    }

    private Object clearFaults(Input input) {
        Shop shop = shop(input);
        shop.faults().clear();
        shop.faults().release();
        shop.orders().setLag(Duration.ZERO);
        shop.orders().release();
        return shop.faults().waiting();
    }

    private Object release(Input input) {
        Shop shop = shop(input);
        shop.faults().release();
        shop.orders().release();
        return Map.of("hanging", shop.faults().hanging());
    }

    private Object budget(Input input) {
        Budget budget = shop(input).budget();
        budget.set(input.number("maximum"), input.number("restoreRate"));
        return budget.state();
    }

    // ---- log

    private Object log(Input input) {
        RequestLog log = shop(input).log();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("total", log.total());
        view.put("counts", log.counts());
        List<RequestLog.Entry> entries = log.entries();
        int limit = input.query("limit").map(Integer::parseInt).orElse(100);
        view.put(
                "calls",
                entries.subList(Math.max(0, entries.size() - limit), entries.size()).stream()
                        .map(WorldRoutes::view)
                        .toList());
        return view;
    }

    private static Map<String, Object> view(RequestLog.Entry entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", entry.at().toString());
        view.put("operation", entry.operation());
        view.put("fields", entry.fields());
        view.put("variables", entry.variables());
        view.put("outcome", entry.outcome());
        return view;
    }

    private Object clearLog(Input input) {
        shop(input).log().clear();
        return Map.of("cleared", true);
    }
}
