package dev.gserver.tools.common;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is printed for learners, in their language: English, or Chinese after {@code --zh}. The machine's locale never
 * decides. Values stand in places such as {0}.
 */
public final class Texts {
    public static final Texts ENGLISH = new Texts(Locale.ROOT, "dev.gserver.tools.texts");
    public static final Texts CHINESE = new Texts(Locale.CHINESE, "dev.gserver.tools.texts");

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale, String name) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(name, locale);
    }

    /** Those of another bundle, in the same language. */
    public Texts of(String name) {
        return new Texts(locale, name);
    }

    public boolean isChinese() {
        return locale.equals(Locale.CHINESE);
    }

    public String get(String key, Object... values) {
        String text = bundle.getString(key);
        return values.length == 0 ? text : fill(text, values);
    }

    public static String fill(String text, Object... values) {
        return PLACE.matcher(text)
                .replaceAll(
                        place -> Matcher.quoteReplacement(String.valueOf(values[Integer.parseInt(place.group(1))])));
    }

    /** All whose keys begin with {@code prefix}. */
    public Map<String, String> all(String prefix) {
        Map<String, String> texts = new TreeMap<>();
        bundle.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> texts.put(key, bundle.getString(key)));
        return texts;
    }

    /** The name of a text that lies beside a class, in this language: task_zh.md for task.md. */
    public String file(String english) {
        return isChinese() ? english.replaceFirst("\\.", "_zh.") : english;
    }

    /** A page of docs in this language: docs/zh-CN/races.md for docs/races.md. */
    public String page(String english) {
        return isChinese() ? english.replaceFirst("^docs/", "docs/zh-CN/") : english;
    }
}
