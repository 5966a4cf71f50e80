package dev.gserver.tools.markdown;

import java.util.List;

/**
 * A fenced block.
 *
 * @param line number of the line that opens it; the first line of the page is number 1
 * @param info what follows the opening marks
 */
public record Fence(int line, String info, List<String> lines) {
    public String language() {
        return word(0);
    }

    /** The word of that number in the info string; empty if there are not so many. */
    public String word(int number) {
        String[] words = info.split("\\s+");
        return number < words.length ? words[number] : "";
    }

    /** Whether it is a transcript that is run again. */
    public boolean isRun() {
        return language().equals("console") && !word(1).isEmpty();
    }

    /** Whether it is a file that the reader saves, and the commands after it use. */
    public boolean isSaved() {
        return word(1).equals("save");
    }
}
