package org.evenkeel.setup.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.cm.Configuration;

/** What a store's configuration says, as it is kept: placeholders are not filled in. */
final class StoreProperties {

    /** What tells where a configuration comes from rather than what it says. */
    static final Set<String> BOOK_KEEPING =
            Set.of("service.pid", "service.factoryPid", "service.bundleLocation", StoreFiles.FILE_NAME);

    private StoreProperties() {}

    /** Empty when the configuration was made but says nothing yet. */
    static Map<String, Object> of(Configuration configuration) {
        Dictionary<String, Object> properties = configuration.getProperties();
        Map<String, Object> map = new TreeMap<>();
        if (properties != null) {
            Collections.list(properties.keys()).forEach(key -> map.put(key, properties.get(key)));
        }
        return map;
    }

    static Dictionary<String, Object> dictionary(Map<String, Object> properties) {
        return new Hashtable<>(properties);
    }

    /** Without what belongs to one configuration and not to another one of the same content. */
    static Map<String, Object> content(Map<String, Object> properties) {
        Map<String, Object> content = new TreeMap<>(properties);
        content.keySet().removeAll(BOOK_KEEPING);
        return content;
    }

    /** Whether two configurations say the same, be it in other types. */
    static boolean isSame(Map<String, Object> one, Map<String, Object> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream().allMatch(key -> texts(one.get(key)).equals(texts(other.get(key))));
    }

    static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Collection<?> values) {
            values.forEach(one -> texts.add(String.valueOf(one)));
        } else if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                texts.add(String.valueOf(Array.get(value, i)));
            }
        } else if (value != null) {
            texts.add(value.toString());
        }
        return texts;
    }

    static String text(Map<String, Object> properties, String key) {
        List<String> texts = texts(properties.get(key));
        return texts.isEmpty() ? "" : texts.get(0).strip();
    }
}
