package org.evenkeel.wrap.derby;

/**
 * What the engine is told before it boots. System properties are the only way in that it has; one that the administrator
 * set wins.
 */
final class EngineSettings {

    private EngineSettings() {}

    static void apply() {
        if (System.getProperty("derby.stream.error.file") == null) {
            unlessSet("derby.stream.error.method", DerbyLog.class.getName() + ".writer");
        }
        // The files of a database belong to the user who runs it, and nobody else reads them.
        unlessSet("derby.storage.useDefaultFilePermissions", "false");
        // Each statement is compiled into a class: more of them are kept than the hundred of a small application.
        unlessSet("derby.language.statementCacheSize", "500");
    }

    private static void unlessSet(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
