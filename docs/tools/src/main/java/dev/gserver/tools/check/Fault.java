package dev.gserver.tools.check;

import dev.gserver.tools.markdown.Page;

/**
 * Something that is not as it should be.
 *
 * @param file from the root of the checkout
 * @param line its line; 0: it is about the whole file
 */
record Fault(String file, int line, String text) {
    static Fault of(Page page, int line, String text) {
        return new Fault(page.name(), line, text);
    }

    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + ": " + text;
    }
}
