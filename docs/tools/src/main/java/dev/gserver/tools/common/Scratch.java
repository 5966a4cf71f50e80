package dev.gserver.tools.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary folder, deleted when it is closed, and after Ctrl-C too. */
public final class Scratch implements AutoCloseable {
    private Path folder;

    public Scratch() throws IOException {
        Shutdown.whole(() -> {
            folder = Files.createTempDirectory("course-").toRealPath();
            Shutdown.FOLDERS.add(this);
        });
    }

    public Path folder() {
        return folder;
    }

    void delete() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            System.err.println("course: " + folder + " could not be deleted: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        Shutdown.whole(this::delete);
        Shutdown.FOLDERS.remove(this);
    }
}
