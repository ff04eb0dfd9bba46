package org.evenkeel.accounts.internal;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a configuration says, as a salted digest: it can be compared, and nothing can be read from it. */
final class ConfigurationDigest {

    /** What belongs to the keeping of the configuration and not to what it says. */
    private static final Set<String> KEEPING =
            Set.of("service.pid", "service.factoryPid", "service.bundleLocation", "felix.fileinstall.filename");

    private ConfigurationDigest() {}

    static String of(Dictionary<String, Object> properties, String salt) {
        MessageDigest digest = Secrets.sha256();
        add(digest, salt);
        for (String key : new TreeSet<>(Collections.list(properties.keys()))) {
            if (!KEEPING.contains(key)) {
                add(digest, key);
                add(digest, text(properties.get(key)));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> values) {
            return List.copyOf(values).toString();
        }
        if (value.getClass().isArray()) {
            StringBuilder all = new StringBuilder("[");
            for (int i = 0; i < Array.getLength(value); i++) {
                all.append(Array.get(value, i)).append(", ");
            }
            return all.toString();
        }
        return value.getClass().getSimpleName() + ":" + value;
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
