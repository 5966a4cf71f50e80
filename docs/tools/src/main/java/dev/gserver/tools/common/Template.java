package dev.gserver.tools.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that lie in files beside a class, with places such as {{name}} in them. */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([\\w.]+)}}");

    private Template() {}

    public static String text(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The text with a value in each place; what a value contains stays as it is. In places with a dot, such as
     * {{trace.about}}, stands what is told in the user's language.
     */
    public static String fill(Texts texts, Class<?> beside, String file, Map<String, String> values) {
        return PLACE.matcher(text(beside, file)).replaceAll(place -> {
            String name = place.group(1);
            return Matcher.quoteReplacement(name.contains(".") ? texts.get(name) : values.get(name));
        });
    }
}
