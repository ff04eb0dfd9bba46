package org.evenkeel.connector.shopify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every operation that is ever sent. Each stands in a {@code .graphql} file of its name beside this class. */
enum Operation {
    CHECK("Check"),
    SCOPES("Scopes"),
    LOCATIONS("Locations"),
    LISTINGS("Listings"),
    LISTINGS_AT_ONE("ListingsAtOne"),
    LEVELS("Levels"),
    ORDERS("Orders"),
    ORDERS_BY_ID("OrdersById"),
    OLDEST_ORDER("OldestOrder"),
    ORDER_LINES("OrderLines"),
    ORDER_MOVES("OrderMoves"),
    ORDER_SHIPMENTS("OrderShipments"),
    SHIPMENT_LINES("ShipmentLines"),
    ORDER_REFUNDS("OrderRefunds"),
    REFUND_LINES("RefundLines"),
    ORDER_PLACES("OrderPlaces"),
    PLACE_LINES("PlaceLines"),
    SET_FIGURES("SetFigures"),
    ACTIVATE("Activate"),
    READ_BACK("ReadBack"),
    SUBSCRIPTIONS("Subscriptions"),
    SUBSCRIBE("Subscribe"),
    RESUBSCRIBE("Resubscribe"),
    UNSUBSCRIBE("Unsubscribe");

    private final String title;
    private final String text;

    Operation(String title) {
        this.title = title;
        this.text = Documents.withFragments(title + ".graphql");
    }

    /** The operation's name, as the store logs it. */
    String title() {
        return title;
    }

    /** The whole document: the operation and each fragment that it uses, once. */
    String text() {
        return text;
    }

    /** Reads documents. A class of its own, as an enum's constants are made before its static fields. */
    private static final class Documents {
        private static final Pattern SPREAD = Pattern.compile("\\.\\.\\.(\\w+Fields)");

        private static String withFragments(String file) {
            String document = read(file);
            StringBuilder whole = new StringBuilder(document);
            Set<String> missing = spreads(document);
            Set<String> present = new LinkedHashSet<>();
            while (present.addAll(missing)) {
                Set<String> next = new LinkedHashSet<>();
                for (String name : missing) {
                    String fragment = read(name + ".fragment.graphql");
                    whole.append('\n').append(fragment);
                    next.addAll(spreads(fragment));
                }
                next.removeAll(present);
                missing = next;
            }
            return whole.toString();
        }

        private static Set<String> spreads(String document) {
            Set<String> names = new LinkedHashSet<>();
            Matcher matcher = SPREAD.matcher(document);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
            return names;
        }

        private static String read(String file) {
            try (InputStream in = Operation.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("The bundle lacks " + file);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
