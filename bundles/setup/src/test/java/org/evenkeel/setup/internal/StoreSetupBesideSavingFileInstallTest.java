package org.evenkeel.setup.internal;

/** The same, where FileInstall writes changes back to the files as well. */
class StoreSetupBesideSavingFileInstallTest extends StoreSetupTest {

    @Override
    boolean fileInstallSaves() {
        return true;
    }
}
