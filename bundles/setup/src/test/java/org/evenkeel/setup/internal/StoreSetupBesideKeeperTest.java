package org.evenkeel.setup.internal;

/** The same beside the component of the host that keeps all configurations in files, stores' among them. */
class StoreSetupBesideKeeperTest extends StoreSetupTest {

    @Override
    boolean besideKeeper() {
        return true;
    }
}
