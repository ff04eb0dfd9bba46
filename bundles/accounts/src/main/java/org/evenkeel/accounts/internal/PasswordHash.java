package org.evenkeel.accounts.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as PBKDF2-HMAC-SHA256 hashes that carry their own parameters:
 * {@code pbkdf2-sha256$<iterations>$<salt>$<hash>}. Thread-safe.
 *
 * <p>PBKDF2 comes with the JDK and is what FIPS installations may use; the number of iterations is the one that the OWASP
 * Password Storage Cheat Sheet asks for with this function. A hash made with fewer is made anew at the next log-in.
 */
final class PasswordHash {

    /** OWASP's number for PBKDF2-HMAC-SHA256. */
    static final int OWASP_ITERATIONS = 600_000;

    private static final String SCHEME = "pbkdf2-sha256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private final int iterations;
    private final SecureRandom random;
    private final String dummy;

    PasswordHash(int iterations, SecureRandom random) {
        this.iterations = iterations;
        this.random = random;
        this.dummy = write(iterations, bytes(SALT_BYTES), bytes(HASH_BITS / 8));
    }

    String hash(String password) {
        byte[] salt = bytes(SALT_BYTES);
        return write(iterations, salt, derive(password, salt, iterations));
    }

    /** A hash that no password fits, for unknown names: they take as long as known ones. */
    String dummy() {
        return dummy;
    }

    boolean matches(String password, String stored) {
        Parts parts = Parts.of(stored);
        return MessageDigest.isEqual(derive(password, parts.salt(), parts.iterations()), parts.hash());
    }

    boolean isWeak(String stored) {
        return Parts.of(stored).iterations() < iterations;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        // Keyboards differ in how they compose an umlaut; the password is the same.
        char[] characters = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
        PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static String write(int iterations, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return String.join(
                "$", SCHEME, Integer.toString(iterations), base64.encodeToString(salt), base64.encodeToString(hash));
    }

    private record Parts(int iterations, byte[] salt, byte[] hash) {
        static Parts of(String stored) {
            String[] parts = stored.split("\\$");
            if (parts.length != 4 || !parts[0].equals(SCHEME)) {
                throw new IllegalStateException("A stored password hash is of no known scheme; reset the password");
            }
            Base64.Decoder base64 = Base64.getDecoder();
            return new Parts(Integer.parseInt(parts[1]), base64.decode(parts[2]), base64.decode(parts[3]));
        }
    }
}
