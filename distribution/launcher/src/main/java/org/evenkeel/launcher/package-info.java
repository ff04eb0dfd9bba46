/**
 * The launcher: everything that happens before the framework runs and after it has stopped.
 *
 * <p>It reads the settings, opens and locks the data folder, checks the port, starts the framework with the bundles of
 * the distribution by start level, and proves that HTTP answers. It knows no bundle of Evenkeel: they meet in the
 * framework properties of {@link org.evenkeel.launcher.FrameworkSettings}.
 */
package org.evenkeel.launcher;
