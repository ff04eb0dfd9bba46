package org.evenkeel.sync.internal;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations as the framework would hand them over. */
final class Configurations {
    private Configurations() {}

    /** The defaults, but for some values by the annotation's method names. */
    static SyncConfiguration with(Map<String, Object> values) {
        return (SyncConfiguration) Proxy.newProxyInstance(
                SyncConfiguration.class.getClassLoader(),
                new Class<?>[] {SyncConfiguration.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
