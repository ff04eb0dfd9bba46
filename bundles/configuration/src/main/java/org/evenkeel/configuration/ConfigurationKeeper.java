package org.evenkeel.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each configuration that a user makes or changes has a file in the data folder, whoever edits it.
 *
 * <p>FileInstall loads the files; this component does all the writing. A configuration that was made without a file gets
 * one; an edit is written back to the file that the configuration came from, also when the form has lost its name; an
 * edited default gets a file of its own in the data folder, since the defaults are replaced at an upgrade; a deleted
 * configuration loses its file, and a default that was hidden by it is in force again.
 *
 * <p>Configuration Admin calls from one thread of its own; nothing here blocks on anything but the disk.
 */
@Component(service = ConfigurationListener.class, immediate = true)
public final class ConfigurationKeeper implements ConfigurationListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationKeeper.class);

    private final ConfigurationAdmin admin;
    private final ConfigurationFiles files;
    /** Where each configuration lies, by PID, also while a form has lost it. */
    private final Map<String, Path> places = new ConcurrentHashMap<>();
    /** What each default says, by PID, to tell an edit from loading. */
    private final Map<String, Map<String, Object>> defaults = new ConcurrentHashMap<>();

    @Activate
    public ConfigurationKeeper(@Reference ConfigurationAdmin admin, BundleContext context) {
        this(
                admin,
                new ConfigurationFiles(
                        Path.of(context.getProperty("evenkeel.home")).resolve("config"),
                        Path.of(context.getProperty("evenkeel.data")),
                        context::getProperty));
    }

    ConfigurationKeeper(ConfigurationAdmin admin, ConfigurationFiles files) {
        this.admin = admin;
        this.files = files;
    }

    /** Takes in what was loaded before this component was there to hear of it. */
    @Activate
    void start() throws IOException, InvalidSyntaxException {
        Configuration[] loaded = admin.listConfigurations(null);
        if (loaded != null) {
            for (Configuration configuration : loaded) {
                keep(configuration);
            }
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        try {
            if (event.getType() == ConfigurationEvent.CM_DELETED) {
                forget(pid);
            } else if (event.getType() == ConfigurationEvent.CM_UPDATED) {
                Optional<Configuration> configuration = configuration(pid);
                if (configuration.isPresent()) {
                    keep(configuration.get());
                }
            }
        } catch (IOException | InvalidSyntaxException | RuntimeException e) {
            LOG.error("The configuration {} could not be kept in a file; it is lost at the next start", pid, e);
        }
    }

    private void keep(Configuration configuration) throws IOException {
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties == null) {
            return;
        }
        String pid = configuration.getPid();
        Optional<Path> named = files.named(properties);
        Path place = named.orElse(places.get(pid));
        if (place == null) {
            attach(configuration, properties, files.newFile(pid, configuration.getFactoryPid()));
        } else if (files.isDefault(place)) {
            keepDefault(configuration, properties, place);
        } else if (named.isEmpty()) {
            attach(configuration, properties, place);
        } else {
            places.put(pid, place);
            if (Files.exists(place)) { // else it has just been deleted, and the configuration follows
                files.write(properties, place);
            }
        }
    }

    private void keepDefault(Configuration configuration, Dictionary<String, Object> properties, Path place)
            throws IOException {
        Map<String, Object> content = Contents.of(properties);
        Map<String, Object> loaded = defaults.putIfAbsent(configuration.getPid(), content);
        places.put(configuration.getPid(), place);
        if (loaded != null && !loaded.equals(content)) {
            Path override = files.override(place);
            LOG.info("The default of {} was changed; the change is kept in {}", configuration.getPid(), override);
            attach(configuration, properties, override);
        }
    }

    /**
     * Names the file first and writes it afterwards: FileInstall, finding a file that no configuration names, would
     * make a second one of it.
     */
    private void attach(Configuration configuration, Dictionary<String, Object> properties, Path file)
            throws IOException {
        places.put(configuration.getPid(), file);
        configuration.updateIfDifferent(files.naming(properties, file));
        files.write(properties, file);
    }

    private void forget(String pid) throws IOException {
        defaults.remove(pid);
        Path place = places.remove(pid);
        if (place != null) {
            if (!files.isDefault(place)) {
                Files.deleteIfExists(place);
            }
            files.restoreDefault(place);
        }
    }

    private Optional<Configuration> configuration(String pid) throws IOException, InvalidSyntaxException {
        Configuration[] found = admin.listConfigurations("(service.pid=" + Contents.escape(pid) + ")");
        return found == null ? Optional.empty() : Optional.of(found[0]);
    }
}
