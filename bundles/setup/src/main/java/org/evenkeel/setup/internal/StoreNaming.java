package org.evenkeel.setup.internal;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.evenkeel.ledger.StoreId;

/**
 * How a store's id, its configuration's PID and its file are named after each other: store {@code shop-one} of the kind
 * {@code org.example.kind} is the configuration {@code org.example.kind~shop-one} in the file
 * {@code org.example.kind-shop-one.config}, which is how FileInstall names factory configurations.
 */
final class StoreNaming {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** What Configuration Admin makes up when nobody gives a name. */
    private static final Pattern MADE_UP = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** The host keeps a key of its own as {@code state.key} among the secrets, which are named after stores. */
    private static final Set<String> RESERVED = Set.of("state");

    private static final int LONGEST_STEM = 36;

    private StoreNaming() {}

    static String pid(String kind, StoreId id) {
        return kind + "~" + id;
    }

    static String file(String kind, StoreId id) {
        return kind + "-" + id + ".config";
    }

    /** Whether FileInstall can find the kind in a file's name: it takes the first hyphen for the end of it. */
    static boolean canBeFile(String kind) {
        return kind.indexOf('-') < 0;
    }

    /** The store whose configuration that is; empty when its PID was not named after a store. */
    static Optional<StoreId> id(String kind, String pid) {
        String name = name(kind, pid);
        return ID.matcher(name).matches() && !MADE_UP.matcher(name).matches() && !RESERVED.contains(name)
                ? Optional.of(new StoreId(name))
                : Optional.empty();
    }

    /** What people named the configuration, when they did. */
    static Optional<String> givenName(String kind, String pid) {
        String name = name(kind, pid);
        return name.isBlank() || MADE_UP.matcher(name).matches() ? Optional.empty() : Optional.of(name);
    }

    private static String name(String kind, String pid) {
        return pid.startsWith(kind + "~") ? pid.substring(kind.length() + 1) : "";
    }

    /** A new id after a store's name. */
    static StoreId fresh(String name, Predicate<StoreId> taken) {
        String stem = stem(name);
        StoreId id = new StoreId(stem);
        for (int number = 2; RESERVED.contains(id.value()) || taken.test(id); number++) {
            id = new StoreId(stem + "-" + number);
        }
        return id;
    }

    private static String stem(String name) {
        String stem = Normalizer.normalize(name.replace("ß", "ss"), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+", "");
        if (stem.isEmpty()
                || !Character.isLetter(stem.charAt(0))
                || MADE_UP.matcher(stem).matches()) {
            stem = "store-" + stem;
        }
        return stem.substring(0, Math.min(stem.length(), LONGEST_STEM)).replaceAll("-+$", "");
    }
}
