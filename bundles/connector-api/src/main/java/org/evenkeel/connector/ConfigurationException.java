package org.evenkeel.connector;

/** Nothing works until a person mends the configuration: wrong token, missing scope. The lane stops and says so. */
public final class ConfigurationException extends ConnectorException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message, null);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
