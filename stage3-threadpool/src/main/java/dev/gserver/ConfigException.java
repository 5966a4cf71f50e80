package dev.gserver;

/** The configuration cannot be used; the message is one line: where, key, value, what is expected. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
