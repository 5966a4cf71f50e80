package dev.gserver.tools.common;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A checkout of the course: where its stages and its pages lie. */
public record Project(Path home) {
    private static final List<String> FOLDERS =
            List.of("stage1-listen", "stage2-epoll", "stage3-threadpool", "stage4-send", "stage5-timer");

    public Project {
        home = home.toAbsolutePath().normalize();
    }

    /** The five stages, in order. */
    public List<Stage> stages() {
        return IntStream.rangeClosed(1, FOLDERS.size())
                .mapToObj(number -> new Stage(number, home.resolve(FOLDERS.get(number - 1))))
                .toList();
    }

    /** @param word 1 to 5, or the name of a stage's folder, with or without a separator at its end */
    public Stage stage(String word) {
        String name = word.replaceFirst("[/\\\\]$", "");
        return stages().stream()
                .filter(stage -> name.equals(stage.name()) || name.equals(String.valueOf(stage.number())))
                .findFirst()
                .orElseThrow(() -> Refusal.ofArguments(
                        "stage '" + word + "': expected 1 to " + FOLDERS.size() + " or the name of a folder"));
    }

    public Path docs() {
        return home.resolve("docs");
    }
}
