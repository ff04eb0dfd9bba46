package org.evenkeel.accounts.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two files by which a password leaves Evenkeel and a new one is asked for.
 *
 * @param folder the data folder
 */
record PasswordFile(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);

    /** Framework property: the data folder. */
    static final String DATA = "evenkeel.data";

    static PasswordFile of(BundleContext context) {
        String data = context.getProperty(DATA);
        if (data == null || data.isBlank()) {
            throw new IllegalStateException("The framework property " + DATA + " names no data folder");
        }
        return new PasswordFile(Path.of(data));
    }

    Path path() {
        return folder.resolve("initial-password");
    }

    Path request() {
        return folder.resolve("reset-password");
    }

    private Path prepared() {
        return folder.resolve("initial-password.tmp");
    }

    /** Writes the password where only the owner may read it and nobody looks yet; it becomes valid after this. */
    void prepare(String password) throws IOException {
        Files.deleteIfExists(prepared());
        Files.createFile(prepared(), ownerOnly());
        Files.writeString(prepared(), password + System.lineSeparator(), StandardCharsets.UTF_8);
    }

    /** Shows the prepared password, whole and valid; does nothing when none is prepared. */
    void publish() throws IOException {
        if (Files.exists(prepared())) {
            Files.move(prepared(), path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes the password once it is no longer the valid one. */
    void forget() {
        try {
            Files.deleteIfExists(path());
        } catch (IOException e) {
            LOG.warn("{} holds a password that is no longer valid and cannot be deleted", path(), e);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
