package dev.gserver.tools.site;

import com.google.gson.Gson;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.demo.Demo;
import dev.gserver.tools.demo.Narration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A recording of a demo: what it prints and when, in the format of asciinema, version 2. */
final class Cast {
    private static final int WIDTH = 132;
    private static final int HEIGHT = 30;
    private static final double NANOS = 1e9;

    private final StringBuilder events = new StringBuilder();
    private final long start = System.nanoTime();

    private Cast(String command) {
        add(Map.of("version", 2, "width", WIDTH, "height", HEIGHT, "title", command));
        print("$ " + command);
    }

    /** Runs the demo of {@code stage}, and writes the recording of it in both languages. */
    static void write(Project project, Stage stage, Path english, Path chinese)
            throws IOException, InterruptedException {
        String typed = "./course demo " + stage.number();
        Cast cast = new Cast(typed);
        Cast inChinese = new Cast(typed + " --zh");
        Narration narration = new Narration();
        Demo.read(project, stage, line -> {
            cast.print(line);
            narration.line(line, inChinese::print);
        });
        Folders.write(english, cast.events.toString());
        Folders.write(chinese, inChinese.events.toString());
    }

    private void print(String line) {
        add(List.of((System.nanoTime() - start) / NANOS, "o", line + "\r\n"));
    }

    private void add(Object line) {
        events.append(new Gson().toJson(line)).append('\n');
    }
}
