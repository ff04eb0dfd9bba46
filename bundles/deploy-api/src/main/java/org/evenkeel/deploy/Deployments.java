package org.evenkeel.deploy;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The jars in the deploy folder and what became of each. A service of the host.
 *
 * <p>May be called from any thread; returns at once from what the last look found, which is at most a few seconds old.
 */
@ProviderType
public interface Deployments {
    /**
     * All jars that lie in the folder now.
     *
     * @return sorted by file name, unmodifiable; empty if there are none
     */
    List<DeployedJar> jars();
}
