package dev.gserver.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a person asked for cannot be done. The message is one line: where, key, value, what is expected. A character
 * that nobody could see in it, or that would break the line, stands as its number: a no-break space as &#92;u00a0.
 */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}&&[^ ]]");

    /** An exception with {@code message}, made visible. */
    public ConfigException(String message) {
        super(INVISIBLE
                .matcher(message)
                .replaceAll(match ->
                        String.format(Locale.ROOT, "\\\\u%04x", match.group().codePointAt(0))));
    }
}
