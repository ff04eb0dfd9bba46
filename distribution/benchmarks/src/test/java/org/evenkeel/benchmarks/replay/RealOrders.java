package org.evenkeel.benchmarks.replay;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The file of real orders for tests: where it is missing they are skipped, and fail in CI. */
final class RealOrders {
    private RealOrders() {}

    static Path file() {
        Optional<Path> file = OrderFile.find();
        if (file.isEmpty() && "true".equals(System.getenv("CI"))) {
            Assertions.fail(OrderFile.missing());
        }
        if (file.isEmpty()) {
            // The runner counts what is skipped, but keeps the reason to itself.
            System.out.println("Skipped: " + OrderFile.missing());
        }
        Assumptions.assumeTrue(file.isPresent(), OrderFile.missing());
        return file.get();
    }
}
