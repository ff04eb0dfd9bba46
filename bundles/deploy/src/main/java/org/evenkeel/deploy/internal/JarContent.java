package org.evenkeel.deploy.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** What a file holds, read without the framework. */
sealed interface JarContent {

    /** A bundle, as far as its manifest says. */
    record Readable(String symbolicName, Version version) implements JarContent {
        String title() {
            return symbolicName + " " + version;
        }
    }

    /**
     * Nothing that could be installed.
     *
     * @param damaged whether it may be a jar that is still being copied
     */
    record Unusable(String words, boolean damaged) implements JarContent {}

    /** Reads every entry to its end, because a truncated jar may still have a perfect manifest. */
    static JarContent read(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            readThrough(jar);
            return judge(manifest, manifestComesFirst(file));
        } catch (IOException | SecurityException e) {
            return new Unusable("The file is damaged or incomplete (" + e.getMessage() + "); copy it again", true);
        }
    }

    private static JarContent judge(Manifest manifest, boolean comesFirst) {
        String name = manifest == null ? null : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null) {
            return new Unusable("The jar is no bundle: its manifest has no Bundle-SymbolicName", false);
        }
        if (!comesFirst) {
            return new Unusable(
                    "The manifest is not the first entry of the jar, so it cannot be installed;"
                            + " pack it with a tool that makes bundles",
                    false);
        }
        String version = manifest.getMainAttributes().getValue(Constants.BUNDLE_VERSION);
        try {
            return new Readable(
                    name.split(";", 2)[0].strip(),
                    version == null ? Version.emptyVersion : Version.parseVersion(version));
        } catch (IllegalArgumentException e) {
            return new Unusable("Its Bundle-Version '" + version + "' is none", false);
        }
    }

    private static boolean manifestComesFirst(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JarInputStream jar = new JarInputStream(in)) {
            return jar.getManifest() != null;
        }
    }

    private static void readThrough(JarFile jar) throws IOException {
        for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            try (InputStream in = jar.getInputStream(entries.nextElement())) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
    }
}
