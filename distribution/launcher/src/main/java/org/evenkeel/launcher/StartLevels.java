package org.evenkeel.launcher;

/** The start levels that the launcher itself has to know; the rest is the folders of the distribution. */
final class StartLevels {
    /** Bundles that are dropped into {@code deploy/} or installed by hand. */
    static final int DEPLOYED = 90;
    /** The shell comes last, so that its prompt follows the messages of the start. */
    static final int SHELL = 95;
    /** Where the framework rests. FileInstall never starts a bundle whose level lies above. */
    static final int FINAL = 100;

    private StartLevels() {}
}
