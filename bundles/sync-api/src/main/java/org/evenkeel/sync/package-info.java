/**
 * Keeping stores level: the state of each store's lane, its runs, and what people can ask of it.
 *
 * @see org.evenkeel.sync.StoreSync
 */
@Version("0.1.0")
@Export
package org.evenkeel.sync;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
