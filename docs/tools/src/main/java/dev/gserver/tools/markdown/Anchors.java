package dev.gserver.tools.markdown;

import java.util.Locale;
import org.commonmark.ext.heading.anchor.IdGenerator;

/**
 * The anchors of one page's headings, as GitHub makes them: small letters; of the rest only letters, digits, _ and -
 * stay; blanks become -. One that has the text of an earlier one gets a number behind it.
 */
public final class Anchors {
    private final IdGenerator generator = IdGenerator.builder().defaultId("").build();

    /** The anchor of the next heading. */
    public String next(String heading) {
        return generator.generateId(heading.toLowerCase(Locale.ROOT)); // the library asks the locale, as in Turkish
    }
}
