/**
 * Hot deployment, as an administrator sees it: what became of each jar that was dropped into the deploy folder.
 *
 * <p>Installing itself is FileInstall's work. This package only tells about it, above all about what FileInstall keeps
 * to itself: files that it ignores, and bundles that it installed and could not start.
 */
@Export
@Version("0.1.0")
package org.evenkeel.deploy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
