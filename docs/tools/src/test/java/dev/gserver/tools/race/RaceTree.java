package dev.gserver.tools.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** A checkout with a piece of stage 3, and a race in it as docs/races writes it down. */
final class RaceTree {
    static final String FILE = "stage3-threadpool/src/main/java/dev/gserver/threadpool/ReceiveQueue.java";

    private final Path root;

    RaceTree(Path root) throws IOException, URISyntaxException {
        this.root = root.toRealPath();
        Folders.copy(Path.of(RaceTree.class.getResource("tree").toURI()), root);
        Path wrong = path("docs/races/target/work/wrong/give-back-split/src").resolve(FILE);
        Folders.write(wrong, Template.text(RaceTree.class, "wrong/ReceiveQueue.java"));
    }

    static String json() {
        return Template.text(RaceTree.class, "sample.json");
    }

    static Race parsed(String json) {
        return new Gson().fromJson(json, Race.class);
    }

    static Race race() {
        return parsed(json());
    }

    /** The race with another text in place of one that is in what was written down. */
    static Race race(String old, String now) {
        assertThat(json()).contains(old);
        return parsed(json().replace(old, now));
    }

    Project project() {
        return new Project(root, root);
    }

    Path path(String name) {
        return root.resolve(name);
    }

    void delete(String file) {
        assertThat(path(file).toFile().delete()).isTrue();
    }
}
