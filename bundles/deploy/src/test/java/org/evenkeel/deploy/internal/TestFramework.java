package org.evenkeel.deploy.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A real framework and jars to put into it, installed the way FileInstall does. */
final class TestFramework implements AutoCloseable {
    private final Framework framework;
    private final Path deploy;

    TestFramework(Path folder) throws BundleException, IOException {
        deploy = Files.createDirectories(folder.resolve("deploy"));
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("cache").toString(),
                        "felix.log.level",
                        "0",
                        "evenkeel.data",
                        folder.toString()));
        framework.start();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Path deploy() {
        return deploy;
    }

    /** Writes a jar with these manifest headers besides the usual ones of a bundle. */
    Path jar(String file, String symbolicName, Map<String, String> headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (symbolicName != null) {
            main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
            main.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        }
        headers.forEach(main::putValue);
        Path path = deploy.resolve(file);
        try (OutputStream out = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry("content.bin"));
            byte[] noise = new byte[20_000];
            new java.util.Random(42).nextBytes(noise);
            jar.write(noise);
            jar.closeEntry();
        }
        return path;
    }

    Bundle install(Path jar) throws BundleException {
        return context().installBundle(jar.toUri().toString());
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
