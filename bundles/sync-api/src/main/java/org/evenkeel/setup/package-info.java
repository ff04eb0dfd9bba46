/** Adding, editing and removing stores: the forms that connectors' metatype gives, and the configurations behind them. */
@Version("0.1.0")
@Export
package org.evenkeel.setup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
