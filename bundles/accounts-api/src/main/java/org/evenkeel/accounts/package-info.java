/** Who may do what: log-in, sessions, API tokens, and the audit log of what was done. */
@Version("0.1.0")
@Export
package org.evenkeel.accounts;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
