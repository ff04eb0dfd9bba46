package org.evenkeel.database.testing.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.BiConsumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** Runs inside of the probe's bundle: sets the database's configuration. */
public class ConfigureProbe implements BiConsumer<BundleContext, Map<String, String>> {

    @Override
    public void accept(BundleContext context, Map<String, String> properties) {
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        try {
            context.getService(reference)
                    .getConfiguration("org.evenkeel.database", "?")
                    .update(new Hashtable<>(properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            context.ungetService(reference);
        }
    }
}
