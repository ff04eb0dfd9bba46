package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One page of a connection.
 *
 * @param edges the objects with their cursors
 * @param hasNextPage whether more follow
 * @param hasPreviousPage whether some came before
 */
record Page(List<Edge> edges, boolean hasNextPage, boolean hasPreviousPage) {
    /** The most that one page of any connection may hold. */
    static final int LARGEST = 250;

    /** The most that paging through one connection reaches. */
    static final int DEEPEST = 25_000;

    record Edge(String cursor, Object node) {}

    /** How a connection is sorted: by a value, then by the id. */
    record Sort<T>(String name, ToLongFunction<T> value, ToLongFunction<T> id) {
        Comparator<T> order() {
            return Comparator.comparingLong(value).thenComparingLong(id);
        }

        Predicate<T> after(Cursor cursor, boolean reverse, boolean inclusive) {
            return object -> {
                int order = Long.compare(value.applyAsLong(object), cursor.value());
                order = order != 0 ? order : Long.compare(id.applyAsLong(object), cursor.id());
                return inclusive && order == 0 || (reverse ? order < 0 : order > 0);
            };
        }

        Cursor cursor(T object, int seen) {
            return new Cursor(name, value.applyAsLong(object), id.applyAsLong(object), seen);
        }
    }

    static <T> Sort<T> byId(ToLongFunction<T> id) {
        return new Sort<>("ID", object -> 0, id);
    }

    /** The same page with other objects in the places of these. */
    Page map(UnaryOperator<Object> change) {
        List<Edge> changed = edges.stream()
                .map(edge -> new Edge(edge.cursor(), change.apply(edge.node())))
                .toList();
        return new Page(changed, hasNextPage, hasPreviousPage);
    }

    List<Object> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    String startCursor() {
        return edges.isEmpty() ? null : edges.get(0).cursor();
    }

    String endCursor() {
        return edges.isEmpty() ? null : edges.get(edges.size() - 1).cursor();
    }

    /** Where a page starts and how long it is, as the caller asked for it. */
    record Request(int first, Cursor after, boolean reverse) {
        static Request of(DataFetchingEnvironment env, String sort) {
            Integer first = env.getArgument("first");
            if (first == null) {
                throw AdminError.badRequest("you must provide one of first or last");
            }
            if (first < 0 || first > LARGEST) {
                throw new AdminError(
                        "argumentLiteralsIncompatible",
                        "Argument 'first' on Field '" + env.getField().getName() + "' has an invalid value (" + first
                                + "). It must be between 0 and " + LARGEST + ".");
            }
            String after = env.getArgument("after");
            return new Request(
                    first,
                    after == null ? null : Cursor.decode(after, sort),
                    Boolean.TRUE.equals(env.getArgument("reverse")));
        }

        int seen() {
            return after == null ? 0 : after.seen();
        }
    }

    /** A page of a short list: it is sorted here, and cut. */
    static <T> Page of(DataFetchingEnvironment env, Stream<T> objects, Sort<T> sort) {
        Request request = Request.of(env, sort.name());
        Comparator<T> order = request.reverse() ? sort.order().reversed() : sort.order();
        return cut(request, objects.sorted(order), sort, false);
    }

    /** The objects of an index from the cursor on, or from the smallest id that is wanted; sorted as asked for. */
    static <T> Stream<T> from(NavigableMap<Long, T> byId, long smallest, Request request) {
        Cursor after = request.after();
        if (request.reverse()) {
            return (after == null ? byId : byId.headMap(after.id(), true)).descendingMap().values().stream();
        }
        long start = after == null ? smallest : Math.max(smallest, after.id());
        return byId.tailMap(start, true).values().stream();
    }

    /** A page of objects that come sorted, those up to the cursor perhaps among them. */
    static <T> Page cut(Request request, Stream<T> sorted, Sort<T> sort, boolean repeatLast) {
        int length = Math.min(request.first(), DEEPEST - request.seen());
        if (length <= 0 && request.first() > 0) {
            throw AdminError.badRequest("Pagination stops at " + DEEPEST + " objects. Use a bulk operation for more.");
        }
        Stream<T> rest = request.after() == null
                ? sorted
                : sorted.filter(sort.after(request.after(), request.reverse(), repeatLast && request.first() > 1));
        Iterator<T> objects = rest.iterator();
        List<Edge> edges = new ArrayList<>();
        while (edges.size() < length && objects.hasNext()) {
            T object = objects.next();
            edges.add(new Edge(
                    sort.cursor(object, request.seen() + edges.size() + 1).encode(), object));
        }
        return new Page(edges, objects.hasNext(), request.after() != null);
    }
}
