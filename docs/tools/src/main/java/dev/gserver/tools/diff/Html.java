package dev.gserver.tools.diff;

/** Texts of a page. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A number with its word: 1 line, 2 lines. */
    static String number(long count, String one, String more) {
        return count + " " + (count == 1 ? one : more);
    }
}
