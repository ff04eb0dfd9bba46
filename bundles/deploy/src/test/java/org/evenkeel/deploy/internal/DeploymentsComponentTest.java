package org.evenkeel.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.evenkeel.deploy.DeployedJar;
import org.evenkeel.deploy.DeployedJar.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;

class DeploymentsComponentTest {
    @TempDir
    Path temporary;

    @Test
    void followsWhatHappensToAJarUntilItIsStopped() throws Exception {
        try (TestFramework framework = new TestFramework(temporary)) {
            DeploymentsComponent component = new DeploymentsComponent(framework.context());
            component.start();
            try {
                Path jar = framework.jar("shop.jar", "shop", Map.of(Constants.IMPORT_PACKAGE, "org.missing"));
                framework.install(jar);
                assertThat(eventually(component, State.UNRESOLVED)).isTrue();
                framework.install(framework.jar("lib.jar", "lib", Map.of(Constants.EXPORT_PACKAGE, "org.missing")));
                framework.context().getBundle(jar.toUri().toString()).start();
                assertThat(eventually(component, State.ACTIVE)).isTrue();
            } finally {
                component.stop();
            }
            assertThat(ends("evenkeel-deployments")).isTrue();
        }
    }

    /** An executor has ended a moment before its thread has. */
    private static boolean ends(String thread) throws InterruptedException {
        for (Thread running : Thread.getAllStackTraces().keySet()) {
            if (running.getName().equals(thread)) {
                running.join(TimeUnit.SECONDS.toMillis(20));
                return !running.isAlive();
            }
        }
        return true;
    }

    private static boolean eventually(DeploymentsComponent component, State state) throws InterruptedException {
        Predicate<List<DeployedJar>> reached =
                jars -> jars.stream().anyMatch(j -> j.file().equals("shop.jar") && j.state() == state);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!reached.test(component.jars()) && System.nanoTime() < deadline) {
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
        return reached.test(component.jars());
    }
}
