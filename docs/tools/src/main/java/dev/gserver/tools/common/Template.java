package dev.gserver.tools.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
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

    /** The text with a value in each place; what a value contains stays as it is. */
    public static String fill(Class<?> beside, String file, Map<String, String> values) {
        return fill(text(beside, file), values::get);
    }

    /** The same, and in places with a dot, such as {{trace.about}}, what is told in the user's language. */
    public static String fill(Texts texts, Class<?> beside, String file, Map<String, String> values) {
        return fill(text(beside, file), name -> name.contains(".") ? texts.get(name) : values.get(name));
    }

    private static String fill(String text, UnaryOperator<String> values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(values.apply(place.group(1))));
    }
}
