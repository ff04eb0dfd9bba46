package org.evenkeel.deploy.internal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenkeel.deploy.DeployedJar.State;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Decides what became of a jar: its content on one side, the bundles of the framework on the other. */
final class Judge {
    private final BundleContext context;

    Judge(BundleContext context) {
        this.context = context;
    }

    /**
     * @param settled whether the file has been left alone long enough that FileInstall must have seen all of it
     */
    Verdict judge(Path file, JarContent content, boolean settled) {
        if (content instanceof JarContent.Unusable unusable) {
            boolean copying = unusable.damaged() && !settled;
            return copying ? waiting("") : new Verdict(State.REJECTED, "", unusable.words());
        }
        JarContent.Readable jar = (JarContent.Readable) content;
        Optional<Bundle> bundle = bundle(file, jar);
        if (bundle.isEmpty()) {
            return settled
                    ? new Verdict(
                            State.REJECTED, jar.title(), "The framework refused to install it; the log has the reason")
                    : waiting(jar.title());
        }
        return installed(bundle.get(), jar);
    }

    private Verdict installed(Bundle bundle, JarContent.Readable jar) {
        switch (bundle.getState()) {
            case Bundle.INSTALLED:
                return new Verdict(State.UNRESOLVED, jar.title(), missing(bundle));
            case Bundle.ACTIVE, Bundle.STARTING:
                return new Verdict(State.ACTIVE, jar.title(), otherVersions(bundle));
            case Bundle.STOPPING:
                return waiting(jar.title());
            default:
                return resolved(bundle, jar);
        }
    }

    private Verdict resolved(Bundle bundle, JarContent.Readable jar) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
            return new Verdict(State.ACTIVE, jar.title(), "A fragment of " + host(bundle));
        }
        int current = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkStartLevel.class)
                .getStartLevel();
        if (bundle.adapt(BundleStartLevel.class).getStartLevel() > current) {
            return waiting(jar.title());
        }
        return new Verdict(
                State.STOPPED,
                jar.title(),
                "It does not run: it was stopped, or failed when it was started, and then the log has the reason");
    }

    private String missing(Bundle bundle) {
        FrameworkWiring wiring =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        return String.join("; ", new MissingRequirements(wiring).of(bundle));
    }

    /** Two versions of a bundle of components do everything twice, which is seldom meant. */
    private String otherVersions(Bundle bundle) {
        String others = Arrays.stream(context.getBundles())
                .filter(other -> other.getBundleId() != bundle.getBundleId())
                .filter(other -> bundle.getSymbolicName().equals(other.getSymbolicName()))
                .map(other -> other.getVersion().toString())
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : "It runs beside another version of itself (" + others + ")";
    }

    /** By place, else by name and version: FileInstall updates a bundle that is there already instead of adding it. */
    private Optional<Bundle> bundle(Path file, JarContent.Readable jar) {
        Bundle atPlace = context.getBundle(file.toUri().toString());
        if (atPlace != null) {
            return Optional.of(atPlace);
        }
        return Arrays.stream(context.getBundles())
                .filter(b -> jar.symbolicName().equals(b.getSymbolicName()))
                .filter(b -> jar.version().equals(b.getVersion()))
                .findFirst();
    }

    private static String host(Bundle fragment) {
        return fragment.getHeaders().get(Constants.FRAGMENT_HOST).split(";", 2)[0];
    }

    private static Verdict waiting(String title) {
        return new Verdict(State.WAITING, title, "");
    }
}
