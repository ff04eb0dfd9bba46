package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.shopify.Json.UnreadableException;

/** The figures of one counter at each location. */
final class Levels {
    /** A level, its location and its quantity. */
    private static final int COST_OF_LEVEL = Cost.OBJECT * 3;

    private Levels() {}

    /** What reading the levels of one counter costs, for so many locations. */
    static int cost(int levels) {
        return Cost.connection(levels, COST_OF_LEVEL);
    }

    /**
     * All figures of a counter, further pages followed.
     *
     * @param item the counter with the first page of its {@code inventoryLevels}
     */
    static List<StoreListing.Figure> figures(JsonNode item, Conversation store)
            throws ConnectorException, UnreadableException {
        List<StoreListing.Figure> figures = new ArrayList<>();
        JsonNode page = item.path("inventoryLevels");
        add(page, figures);
        while (Json.more(page)) {
            page = next(item.path("id").asText(), Json.end(page), store);
            add(page, figures);
        }
        return figures;
    }

    private static void add(JsonNode page, List<StoreListing.Figure> figures) throws UnreadableException {
        for (JsonNode level : page.path("nodes")) {
            figures.add(new StoreListing.Figure(Json.text(level.path("location"), "id"), available(level)));
        }
    }

    /** The figure of one level. */
    static long available(JsonNode level) throws UnreadableException {
        return Json.units(level.path("quantities").path(0), "quantity");
    }

    private static JsonNode next(String item, String after, Conversation store) throws ConnectorException {
        int first = store.costs().pageSize(Operation.LEVELS, COST_OF_LEVEL);
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("item", item);
        variables.put("first", first);
        variables.put("after", after);
        JsonNode data = store.query(new Request(Operation.LEVELS, variables, Cost.OBJECT + cost(first), first));
        return Json.connection(data.path("inventoryItem"), "inventoryLevels");
    }
}
