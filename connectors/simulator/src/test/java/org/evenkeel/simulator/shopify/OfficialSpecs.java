package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Shopify's own specifications, which lie beside a checkout and not in it. Where they are missing a test is skipped
 * with a word; in CI it fails.
 */
final class OfficialSpecs {
    private OfficialSpecs() {}

    /** The file of that name in the folder of specifications. */
    static Path file(String name) {
        Optional<Path> file = find("shopify/" + name);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(file).as(name + ", which CI needs").isPresent();
        }
        String words = "Skipped: " + name + " is not here. Set -Devenkeel.specs to the folder of specifications.";
        if (file.isEmpty()) {
            // The runner counts what is skipped, but keeps the reason to itself.
            System.out.println(words);
        }
        assumeTrue(file.isPresent(), words);
        return file.get();
    }

    private static Optional<Path> find(String relative) {
        String told = System.getProperty("evenkeel.specs", System.getenv("EVENKEEL_SPECS"));
        if (told != null) {
            return Optional.of(Path.of(told, relative)).filter(Files::isRegularFile);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/specs").resolve(relative);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
