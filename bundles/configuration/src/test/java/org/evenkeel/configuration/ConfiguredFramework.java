package org.evenkeel.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.felix.cm.file.ConfigurationHandler;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;

/** A framework with the real Configuration Admin and FileInstall, set up as the host sets them up. */
final class ConfiguredFramework implements AutoCloseable {
    private final Framework framework;
    private final ConfigurationAdmin admin;

    ConfiguredFramework(Path home, Path data) throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(settings(data));
        framework.start();
        install(ConfigurationHandler.class);
        ServiceReference<ConfigurationAdmin> reference = context().getServiceReference(ConfigurationAdmin.class);
        admin = context().getService(reference);
        ConfigurationKeeper keeper =
                new ConfigurationKeeper(admin, new ConfigurationFiles(home.resolve("config"), data, name -> null));
        context().registerService(ConfigurationListener.class, keeper, null);
        keeper.start();
        install(ArtifactInstaller.class);
    }

    private static Map<String, String> settings(Path data) {
        Path cache = data.resolve("cache");
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.resolve("framework").toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "org.osgi.service.cm;version=1.6.0");
        settings.put("felix.log.level", "0");
        settings.put(
                "felix.fileinstall.dir",
                cache.resolve("config") + "," + data.resolve("config") + "," + data.resolve("stores"));
        settings.put("felix.fileinstall.filter", ".*[.](cfg|config)");
        settings.put("felix.fileinstall.poll", "100");
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.disableNio2", "true");
        settings.put("felix.fileinstall.configEncoding", "UTF-8");
        settings.put("felix.fileinstall.log.level", "0");
        return settings;
    }

    /** Lays the folders out as the launcher does before a start. */
    static void layOut(Path home, Path data) throws Exception {
        for (String folder : new String[] {"cache/config", "config", "stores"}) {
            Files.createDirectories(data.resolve(folder));
        }
        Files.createDirectories(home.resolve("config"));
    }

    ConfigurationAdmin admin() {
        return admin;
    }

    private BundleContext context() {
        return framework.getBundleContext();
    }

    private void install(Class<?> anyOfBundle) throws Exception {
        context()
                .installBundle(anyOfBundle
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString())
                .start();
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
