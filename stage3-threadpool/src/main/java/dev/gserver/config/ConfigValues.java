package dev.gserver.config;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The raw values of a configuration; reading one checks it and ticks its key off. Used by one thread. */
final class ConfigValues {
    private record Value(String where, String text) {}

    private static final char BYTE_ORDER_MARK = '\uFEFF'; // some editors begin a file in UTF-8 with it

    /** What a file says; unlike its parent it notices a key that is there twice. */
    private static final class FileValues extends Properties {
        private static final long serialVersionUID = 1L;
        private String repeated; // null: none

        @Override
        public synchronized Object put(Object key, Object value) {
            Object previous = super.put(key, value);
            repeated = previous == null ? repeated : (String) key;
            return previous;
        }
    }

    private final Map<String, Value> values = new TreeMap<>();
    private final Set<String> knownKeys = new TreeSet<>();

    private ConfigValues() {}

    static ConfigValues load(String file, Map<String, String> overrides) throws ConfigException {
        ConfigValues result = new ConfigValues();
        if (file != null) {
            readFile(file).forEach((key, text) -> result.put(file + ": " + key, (String) key, (String) text));
        }
        overrides.forEach((key, text) -> result.put("-Dgserver." + key, key, text));
        return result;
    }

    private static Properties readFile(String file) throws ConfigException {
        FileValues properties = new FileValues();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file; expected a properties file");
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    file + ": cannot be read (" + reason(e) + "); expected a properties file in UTF-8");
        }
        if (properties.repeated != null) {
            throw new ConfigException(file + ": " + properties.repeated + " is given twice: expected once");
        }
        return properties;
    }

    private static String reason(Exception e) {
        if (e instanceof InvalidPathException) {
            return "not a path";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof CharacterCodingException ? "not UTF-8" : String.valueOf(e.getMessage());
    }

    private void put(String where, String key, String text) {
        values.put(key, new Value(where, text.strip()));
    }

    int wholeNumber(String key, int defaultValue, int least, int most) throws ConfigException {
        String text = text(key, Integer.toString(defaultValue));
        return wholeNumber(key, text, least, most, "a whole number from " + least + " to " + most);
    }

    InetAddress address(String key, String defaultValue) throws ConfigException {
        String text = text(key, defaultValue);
        try {
            if (!text.isEmpty()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            // reported below, in our words
        }
        throw bad(key, "an IP address or a host name that resolves");
    }

    List<Integer> ports(String key, String defaultValue) throws ConfigException {
        String expected = "port numbers from 0 to 65535, separated by commas, none of them twice";
        String text = text(key, defaultValue);
        List<Integer> ports = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int port = wholeNumber(key, part.strip(), 0, 65_535, expected);
            if (port != 0 && ports.contains(port)) {
                throw bad(key, expected);
            }
            ports.add(port);
        }
        return List.copyOf(ports);
    }

    /** Ends the reading: what has not been asked for is a key that nobody knows. */
    void rejectTheRest() throws ConfigException {
        for (String key : values.keySet()) {
            if (!knownKeys.contains(key)) {
                throw bad(key, "one of the keys " + String.join(", ", knownKeys));
            }
        }
    }

    private String text(String key, String defaultValue) {
        knownKeys.add(key);
        return values.computeIfAbsent(key, absent -> new Value(key + " (the default)", defaultValue))
                .text();
    }

    private int wholeNumber(String key, String text, int least, int most, String expected) throws ConfigException {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, in our words
        }
        throw bad(key, expected);
    }

    private ConfigException bad(String key, String expected) {
        Value value = values.get(key);
        return new ConfigException(value.where() + " = " + value.text() + ": expected " + expected);
    }
}
