package dev.gserver.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private static final int MOST_LINES = 300;

    @Test
    @DisplayName("no file of the tools has more than 300 lines of code; data may be longer")
    void areShort() {
        Path tools = Project.ofProgram().docs().resolve("tools");
        List<Path> sources = Stream.of("src", "clients")
                .flatMap(folder -> Folders.files(tools.resolve(folder)).stream())
                .filter(file -> file.toString().matches(".*\\.(java|py|js|css|html)"))
                .toList();
        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(sources.stream().filter(file -> Folders.lines(file).size() > MOST_LINES))
                .isEmpty();
    }
}
