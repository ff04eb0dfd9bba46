package org.evenkeel.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The framework with the bundles of the distribution in it. */
final class Host {
    private final Framework framework;
    private volatile boolean stopping;
    private final Map<Long, String> errors = new ConcurrentHashMap<>();

    Host(Map<String, String> properties) {
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        framework = factory.newFramework(properties);
    }

    /**
     * Installs and starts the bundles, one start level after the other, and returns when all levels are reached.
     *
     * @throws LauncherException if the framework itself or the installing fails, or the levels take too long. A bundle
     *     that does not start is no reason to fail: see {@link #complaints()}
     */
    void start(List<Distribution.Member> members, Duration limit) throws LauncherException {
        try {
            framework.init();
            BundleContext context = framework.getBundleContext();
            context.addFrameworkListener(this::note);
            // nothing starts before everything is installed: the resolver then sees all of it
            for (Distribution.Member member : members) {
                goOn();
                install(context, member);
            }
            goOn();
            CountDownLatch reached = new CountDownLatch(1);
            framework.start();
            framework.adapt(FrameworkStartLevel.class).setStartLevel(StartLevels.FINAL, event -> reached.countDown());
            if (!reached.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw LauncherException.failure("The bundles did not start within " + limit.toSeconds() + " s");
            }
        } catch (BundleException e) {
            throw LauncherException.failure("The framework does not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LauncherException.failure("The start was interrupted");
        }
    }

    /** A framework that was told to stop while it was being filled would start all the same. */
    private void goOn() throws LauncherException {
        if (stopping) {
            throw LauncherException.failure("Evenkeel was stopped while it started");
        }
    }

    /** Each bundle that should run and does not, with the reason if one is known. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED && !isFragment(bundle)) {
                complaints.add("The bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " does not run: "
                        + errors.getOrDefault(bundle.getBundleId(), "it was not started"));
            }
        }
        return complaints;
    }

    /** Blocks until the framework has stopped for good; an update of the system bundle is a restart. */
    void awaitEnd() throws InterruptedException {
        FrameworkEvent event;
        do {
            event = framework.waitForStop(0);
        } while (event.getType() == FrameworkEvent.STOPPED_UPDATE);
    }

    /** @return whether it stopped in time */
    boolean stop(Duration limit) {
        stopping = true;
        try {
            framework.stop();
            return framework.waitForStop(limit.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        } catch (BundleException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Which bundles a stop that takes too long is waiting for; for the message about it. */
    String stillStopping() {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            return "the framework";
        }
        String names = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0 && bundle.getState() == Bundle.STOPPING)
                .map(Bundle::getSymbolicName)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "the framework" : names;
    }

    private void install(BundleContext context, Distribution.Member member) throws BundleException {
        Bundle bundle = context.installBundle(reference(member.jar()));
        bundle.adapt(BundleStartLevel.class).setStartLevel(member.startLevel());
        if (!isFragment(bundle)) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
    }

    /** By reference, so that the framework reads the jar where it lies and copies nothing. */
    private static String reference(Path jar) {
        return "reference:" + jar.toUri();
    }

    private void note(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
            errors.put(event.getBundle().getBundleId(), rootMessage(event.getThrowable()));
        }
    }

    private static String rootMessage(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
    }
}
