package dev.gserver.tools.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.RealServer;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM of the tests, between two saves. */
@Timeout(120)
class NextJvmTest {
    private static final Project COURSE = Project.ofProgram();

    @TempDir
    private Path from;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("the JVM for the next save is started at once, also after one that has ended; it ends with the tool")
    void startsTheNextJvmAhead(boolean kill) throws Exception {
        Path folder = from.resolve("mine");
        Stage stage = COURSE.stage("1");
        Workspace.write(COURSE, new Exercise(COURSE, stage), folder);
        Folders.texts(stage.main())
                .forEach((file, text) -> Folders.write(
                        folder.resolve(Workspace.MAIN).resolve(file),
                        text.replace("channels.add(channel);", "Runtime.getRuntime().halt(0);")));
        Process tool = RealServer.course("learn", "1", folder.toString())
                .redirectError(Redirect.DISCARD)
                .start();
        try (BufferedReader out = tool.inputReader(StandardCharsets.UTF_8)) {
            await(out, ".*quit .*");
            tool.outputWriter().append("l\n").flush(); // answered when all that belongs to the look is done
            await(out, "1 ports: .*");
            List<ProcessHandle> waiting = tool.children().toList();
            assertThat(waiting).as("JVMs that wait").hasSize(1);
            if (kill) {
                tool.destroyForcibly();
            } else {
                tool.toHandle().destroy();
            }
            waiting.get(0).onExit().join();
        } finally {
            tool.destroyForcibly();
        }
    }

    private static void await(BufferedReader out, String pattern) throws IOException {
        String line;
        do {
            line = out.readLine();
            assertThat(line).as("a line with " + pattern).isNotNull();
        } while (!line.matches(pattern));
    }
}
