package dev.gserver.tools.learn;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder that is looked at again and again: times and sizes of a few dozen files, on any system, with any editor, and
 * across a network or a container's border too, where the system tells of no changes.
 */
final class Watched {
    private final Path folder;
    private Map<Path, String> known;
    private Map<Path, String> last;

    /** What is there now is known. */
    Watched(Path folder) {
        this.folder = folder;
        this.known = state();
        this.last = known;
    }

    /** Whether files have changed, and do not change any more: an editor may take several steps to save. */
    boolean hasChanged() {
        Map<Path, String> now = state();
        boolean settled = now.equals(last) && !now.equals(known);
        last = now;
        if (settled) {
            known = now;
        }
        return settled;
    }

    private Map<Path, String> state() {
        Map<Path, String> state = new TreeMap<>();
        try {
            for (Path file : Folders.files(folder)) {
                state.put(file, Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file));
            }
        } catch (IOException | Refusal e) { // a file has gone meanwhile
            return last == null ? Map.of() : last;
        }
        return state;
    }
}
