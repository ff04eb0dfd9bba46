package org.evenkeel.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Small bundles to be dropped into the deploy folder. */
final class Jars {
    private Jars() {}

    /** A bundle with nothing in it but a text. */
    static byte[] bundle(String symbolicName, String version, Map<String, String> headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", version);
        headers.forEach(main::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new ZipEntry("org/example/content.txt"));
            jar.write("content of some length, so that half of it is a truncated jar".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        return bytes.toByteArray();
    }

    /** As the guide says: written beside the deploy folder and renamed into it. */
    static void drop(Path data, String name, byte[] content) throws IOException {
        Path unfinished = Files.write(data.resolve(name + ".part"), content);
        Files.move(unfinished, data.resolve("deploy").resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
