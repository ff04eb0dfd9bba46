package org.evenkeel.simulator;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The simulator as a program. */
public final class Main {
    private static final String USAGE = """
            Usage: java -jar org.evenkeel.simulator-all.jar [options]
              --port N             port on 127.0.0.1; 0 takes a free one (default 0)
              --shops A,B,…        names of the shops (default north,harbour,market)
              --token T            token that apps send to every shop (default: a random one)
              --control-token T    token for /control (default: a random one)
              --client-secret S    what webhooks of every shop are signed with (default: random ones)
              --seed N             seed of catalogue figures and customers (default 1)
              --customers SECONDS  a customer every so many seconds (default: none until asked for)
              --empty              shops without products
              --help               this text
            """;

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> options;
        try {
            options = options(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            System.exit(2);
            return;
        }
        if (options.containsKey("help")) {
            System.out.print(USAGE);
            return;
        }
        run(options);
    }

    private static void run(Map<String, String> options) throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (Simulator simulator = build(options)) {
            Runtime.getRuntime().addShutdownHook(new Thread(end::countDown, "simulator-end"));
            simulator.start();
            print(simulator);
            if (options.containsKey("customers")) {
                Duration every = Duration.ofMillis((long) (Double.parseDouble(options.get("customers")) * 1000));
                simulator.customers().start(number(options, "seed", 1), every);
            }
            end.await();
        } catch (BindException e) {
            System.err.println("Port " + options.get("port") + " is taken. Choose another with --port.");
            System.exit(1);
        }
    }

    private static Simulator build(Map<String, String> options) {
        String token = options.getOrDefault("token", Secrets.random());
        Simulator.Builder builder = Simulator.builder().port((int) number(options, "port", 0));
        if (options.containsKey("control-token")) {
            builder.controlToken(options.get("control-token"));
        }
        List<String> names =
                List.of(options.getOrDefault("shops", "north,harbour,market").split(","));
        names.forEach(name -> builder.shop(name.strip(), token));
        Simulator simulator = builder.build();
        if (options.containsKey("client-secret")) {
            simulator.shops().forEach(shop -> shop.callbacks().setSecret(options.get("client-secret")));
        }
        if (!options.containsKey("empty")) {
            DemoCatalogue.fill(new ArrayList<>(simulator.shops()), number(options, "seed", 1));
        }
        return simulator;
    }

    /** The tokens are shown on purpose: they open nothing but this process, on this machine. */
    private static void print(Simulator simulator) {
        System.out.println("Simulator: " + simulator.address());
        System.out.println("Control:   " + simulator.address() + "/control   token " + simulator.controlToken());
        for (Shop shop : simulator.shops()) {
            System.out.println("Shopify:   " + simulator.address(shop) + "   token " + shop.token()
                    + "   client secret " + shop.callbacks().secret());
        }
    }

    private static long number(Map<String, String> options, String name, long otherwise) {
        return options.containsKey(name) ? Long.parseLong(options.get(name)) : otherwise;
    }

    static Map<String, String> options(String... args) {
        List<String> flags = List.of("empty", "help");
        List<String> known = List.of("port", "shops", "token", "control-token", "client-secret", "seed", "customers");
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i++) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (flags.contains(name)) {
                options.put(name, "");
            } else if (!known.contains(name)) {
                throw new IllegalArgumentException("Unknown option " + args[i]);
            } else if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            } else {
                options.put(name, args[++i]);
            }
        }
        for (String name : List.of("port", "seed")) {
            if (options.containsKey(name) && !options.get(name).matches("\\d{1,9}")) {
                throw new IllegalArgumentException("--" + name + " needs a number, not " + options.get(name));
            }
        }
        if (options.containsKey("customers") && !options.get("customers").matches("\\d{1,6}(\\.\\d+)?")) {
            throw new IllegalArgumentException("--customers needs seconds, not " + options.get("customers"));
        }
        return options;
    }
}
