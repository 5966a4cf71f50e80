package dev.gserver.tools.common;

import java.nio.file.Path;

/** One of the five stages: its number and its folder. */
public record Stage(int number, Path folder) {
    /** The folder's name, such as stage2-epoll. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** Where the stage's classes are: src/main/java. */
    public Path main() {
        return folder.resolve("src/main/java");
    }

    /** Where the stage's tests are: src/test/java. */
    public Path tests() {
        return folder.resolve("src/test/java");
    }
}
