package org.evenkeel.sync.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Stands for how a connector's service is configured, without showing any of it: another configuration has another mark. */
final class ConfigurationMark {
    /** What differs from start to start, or by who brought the configuration. */
    private static final Set<String> PASSING = Set.of(
            "service.id",
            "service.bundleid",
            "service.scope",
            "service.changecount",
            "component.id",
            "objectClass",
            "felix.fileinstall.filename",
            "felix.source.pid");

    private ConfigurationMark() {}

    static String of(Map<String, Object> properties) {
        Map<String, Object> kept = new TreeMap<>(properties);
        kept.keySet().removeAll(PASSING);
        StringBuilder text = new StringBuilder();
        kept.forEach((name, value) ->
                text.append(name).append('=').append(text(value)).append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object value) {
        return value instanceof Object[] many ? Arrays.deepToString(many) : Objects.toString(value);
    }
}
