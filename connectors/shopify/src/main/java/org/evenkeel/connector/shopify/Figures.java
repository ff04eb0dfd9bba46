package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.shopify.Json.UnreadableException;

/** Reads single counters back, location by location. */
final class Figures {
    /** An item, its level at the location and the quantity. */
    private static final int COST_OF_FIGURE = Cost.OBJECT * 3;

    private Figures() {}

    /** The readings of those targets that the store has. */
    static List<FigureReading> readBack(List<FigureTarget> targets, Conversation store) throws ConnectorException {
        Map<String, List<FigureTarget>> byLocation = targets.stream()
                .collect(Collectors.groupingBy(FigureTarget::location, LinkedHashMap::new, Collectors.toList()));
        List<FigureReading> readings = new ArrayList<>();
        for (Map.Entry<String, List<FigureTarget>> group : byLocation.entrySet()) {
            readings.addAll(at(group.getKey(), group.getValue(), store));
        }
        return readings;
    }

    private static List<FigureReading> at(String location, List<FigureTarget> targets, Conversation store)
            throws ConnectorException {
        List<String> counters =
                targets.stream().map(FigureTarget::counter).distinct().toList();
        Map<String, Long> figures = new HashMap<>();
        int length = store.costs().pageSize(Operation.READ_BACK, COST_OF_FIGURE);
        for (int from = 0; from < counters.size(); from += length) {
            read(location, counters.subList(from, Math.min(counters.size(), from + length)), figures, store);
        }
        return targets.stream()
                .filter(target -> figures.containsKey(target.counter()))
                .map(target -> new FigureReading(target, figures.get(target.counter())))
                .toList();
    }

    private static void read(String location, List<String> counters, Map<String, Long> figures, Conversation store)
            throws ConnectorException {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("ids", counters);
        variables.put("location", location);
        int cost = Cost.list(counters.size(), COST_OF_FIGURE);
        JsonNode data = store.query(new Request(Operation.READ_BACK, variables, cost, counters.size()));
        for (JsonNode item : data.path("nodes")) {
            try {
                figures.put(Json.text(item, "id"), Levels.available(item.path("inventoryLevel")));
            } catch (UnreadableException e) {
                // Not stocked there, gone, or unreadable: the store gave no reading.
                continue;
            }
        }
    }
}
