package org.evenkeel.deploy.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.IdentityNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Finds out, in words, why a bundle does not resolve. */
final class MissingRequirements {
    private final FrameworkWiring wiring;

    MissingRequirements(FrameworkWiring wiring) {
        this.wiring = wiring;
    }

    /** @return one sentence for each thing that is missing; never empty */
    List<String> of(Bundle bundle) {
        Set<String> sentences = new TreeSet<>();
        collect(bundle, new HashSet<>(), sentences);
        if (sentences.isEmpty()) {
            sentences.add("Everything that it needs is there, but does not fit together (for example two versions of"
                    + " one package); the log has the resolver's account");
        }
        return List.copyOf(sentences);
    }

    private void collect(Bundle bundle, Set<Bundle> seen, Set<String> sentences) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null || !seen.add(bundle)) {
            return;
        }
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (isMandatory(requirement)) {
                examine(requirement, bundle, seen, sentences);
            }
        }
    }

    private void examine(BundleRequirement requirement, Bundle bundle, Set<Bundle> seen, Set<String> sentences) {
        Collection<BundleCapability> providers = wiring.findProviders(requirement);
        if (providers.isEmpty()) {
            String subject = seen.size() == 1 ? "It" : bundle.getSymbolicName() + ", which it needs,";
            sentences.add(subject + " needs " + words(requirement) + ", and no bundle has it");
            return;
        }
        List<Bundle> unresolved = new ArrayList<>();
        for (BundleCapability provider : providers) {
            Bundle owner = provider.getRevision().getBundle();
            if (owner.getState() != Bundle.INSTALLED) {
                return;
            }
            unresolved.add(owner);
        }
        unresolved.forEach(owner -> collect(owner, seen, sentences));
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        String effective = requirement
                .getDirectives()
                .getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE);
        String resolution = requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
        return effective.equals(Namespace.EFFECTIVE_RESOLVE)
                && !Namespace.RESOLUTION_OPTIONAL.equals(resolution)
                && !PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution);
    }

    private static String words(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        String namespace = requirement.getNamespace();
        String name = FilterText.value(filter, namespace);
        String range = FilterText.range(filter, versionAttribute(namespace));
        return switch (namespace) {
            case PackageNamespace.PACKAGE_NAMESPACE -> "the package " + name + range;
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> "another Java (" + name + range + ")";
            case BundleRevision.BUNDLE_NAMESPACE, IdentityNamespace.IDENTITY_NAMESPACE -> "the bundle " + name + range;
            case BundleRevision.HOST_NAMESPACE -> "its host bundle " + name + range;
            default -> "the capability " + namespace + " " + filter;
        };
    }

    private static String versionAttribute(String namespace) {
        return namespace.equals(BundleRevision.BUNDLE_NAMESPACE) || namespace.equals(BundleRevision.HOST_NAMESPACE)
                ? Constants.BUNDLE_VERSION_ATTRIBUTE
                : Constants.VERSION_ATTRIBUTE;
    }
}
