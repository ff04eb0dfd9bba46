/** placeholder */
@Version("0.1.0")
@Export
package org.evenkeel.connector;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
