package org.evenkeel.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Addresses of a list with one parameter changed, so that search, sort and paging keep each other.
 *
 * @param path the list's path
 * @param parameters what is set now
 */
public record Links(String path, Map<String, String> parameters) {

    static Links of(HttpServletRequest request, String path) {
        Map<String, String> present = new TreeMap<>();
        request.getParameterMap().forEach((name, values) -> present.put(name, values[0]));
        return new Links(path, present);
    }

    /**
     * Where a request wants to be sent next: only a path of this site. Browsers take {@code //} and {@code /\\} for another host,
     * and leave out control characters before they look.
     */
    static String local(String wanted, String otherwise) {
        boolean path = wanted.startsWith("/") && !wanted.startsWith("//");
        boolean plain = wanted.chars().noneMatch(c -> c <= ' ' || c == '\\' || c == 0x7f);
        return path && plain ? wanted : otherwise;
    }

    /** This very list. */
    public String here() {
        return address(parameters);
    }

    /** Something below this list with the same parameters, without a page: the whole of what is found. */
    public String under(String below) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.remove("page");
        return new Links(path + below, all).here();
    }

    /** This list with one parameter set, and the page back to the first unless it is the page that is set. */
    public String with(String name, Object value) {
        Map<String, String> changed = new TreeMap<>(parameters);
        if (!name.equals("page")) {
            changed.remove("page");
        }
        changed.put(name, value.toString());
        return address(changed);
    }

    /** This list sorted by a column; once more turns it round. */
    public String sorted(String column, boolean descending) {
        Map<String, String> changed = new TreeMap<>(parameters);
        changed.remove("page");
        changed.put("sort", column);
        changed.put("order", descending ? "desc" : "asc");
        return address(changed);
    }

    private String address(Map<String, String> wanted) {
        String query = wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }
}
