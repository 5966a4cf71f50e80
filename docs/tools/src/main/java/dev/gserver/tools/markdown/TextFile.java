package dev.gserver.tools.markdown;

import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what somebody wrote with an editor. */
public final class TextFile {
    private TextFile() {}

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw Refusal.ofWork(file + ": expected text in UTF-8, found bytes that are none");
        } catch (IOException e) {
            throw Refusal.ofWork(file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
