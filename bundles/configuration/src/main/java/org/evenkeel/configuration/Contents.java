package org.evenkeel.configuration;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a configuration says, without what only tells where it comes from. */
final class Contents {
    static final String FILE = "felix.fileinstall.filename";

    private static final Set<String> BOOK_KEEPING =
            Set.of("service.pid", "service.factoryPid", "service.bundleLocation", FILE);

    private Contents() {}

    /** In a form that can be compared: arrays as lists. */
    static Map<String, Object> of(Dictionary<String, Object> properties) {
        Map<String, Object> content = new HashMap<>();
        plain(properties).forEach((key, value) -> content.put(key, comparable(value)));
        return content;
    }

    static Hashtable<String, Object> plain(Dictionary<String, Object> properties) {
        Hashtable<String, Object> plain = new Hashtable<>();
        for (String key : Collections.list(properties.keys())) {
            if (!BOOK_KEEPING.contains(key)) {
                plain.put(key, properties.get(key));
            }
        }
        return plain;
    }

    /** For use in an LDAP filter. */
    static String escape(String value) {
        return value.replaceAll("([\\\\*()])", "\\\\$1");
    }

    private static Object comparable(Object value) {
        if (!value.getClass().isArray()) {
            return value;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            list.add(Array.get(value, i));
        }
        return list;
    }
}
