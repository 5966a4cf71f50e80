package dev.gserver.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher for a POSIX shell, in a folder of its own, with a java and a mvnw that only say what they are told. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a shell that waits
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "course.cmd is for Windows")
class LauncherTest {
    private static final String JAVA = """
            #!/bin/sh
            printf '%s\\n' "java $*" "in $PWD" "locale $LC_ALL" "options ${JAVA_TOOL_OPTIONS-none}"
            printf '%s\\n' "aside $COURSE_JAVA_TOOL_OPTIONS" "jar $(cat "$5")"
            exit 7
            """;
    private static final String MVNW = """
            #!/bin/sh
            echo "mvnw $*"
            cd "$(dirname "$0")/docs/tools" || exit
            for word; do case $word in -Dcourse.target=*) target=${word#*=} ;; esac; done
            mkdir -p "$target/lib"
            printf 'one half, ' >>"$target/course.jar"
            : >>"$target/lib/a library.jar"
            """;
    private static final String ANOTHER_BUILDS = """
            : >"builds-$$"
            until [ -n "$(find . -name 'builds-*' ! -name "builds-$$")" ]; do sleep 0.1; done
            """;
    private static final String OTHER_HALF = "echo the other half >>\"$target/course.jar\"\n";

    @TempDir
    private Path temp;

    private Path home;
    private Path jar;

    @BeforeEach
    void makeCheckout() throws IOException {
        home = temp.toRealPath().resolve("a course 课程");
        Path tools = home.resolve("docs/tools");
        jar = tools.resolve("target/course.jar");
        Files.createDirectories(tools.resolve("src/main"));
        Files.createDirectories(jar.getParent());
        Files.writeString(tools.resolve("src/main/A.java"), "");
        Files.writeString(tools.resolve("pom.xml"), "");
        Files.writeString(jar, "");
        write(temp.resolve("jdk/bin/java"), JAVA);
        write(home.resolve("mvnw"), MVNW + OTHER_HALF);
        write(
                home.resolve("course"),
                Files.readString(Project.ofProgram().home().resolve("course")));
    }

    private static void write(Path program, String text) throws IOException {
        Files.createDirectories(program.getParent());
        Files.writeString(program, text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result call(Path folder, Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "CDPATH"));
        builder.environment().put("JAVA_HOME", temp.resolve("jdk").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return Tool.run(builder);
    }

    private void assertStarts(Result result, Path folder) {
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .first()
                .asString()
                .startsWith("java -")
                .endsWith("-jar " + jar + " run 5 a file");
        assertThat(result.out()).contains("\nin " + folder + "\n");
        assertThat(result.exitCode()).isEqualTo(7);
    }

    @Test
    @DisplayName("it starts the jar where the user is, called by any path, passes the words on, and has its exit code")
    void starts() throws Exception {
        assertStarts(call(home, Map.of(), "./course", "run", "5", "a file"), home);
        Path links = Files.createDirectory(home.resolve("links"));
        assertStarts(call(links, Map.of(), "../course", "run", "5", "a file"), links);
        assertStarts(call(links, Map.of(), home + "/course", "run", "5", "a file"), links);
        Files.createSymbolicLink(links.resolve("one"), Path.of("../course"));
        Files.createSymbolicLink(links.resolve("two"), links.resolve("one"));
        assertStarts(call(links, Map.of(), "./two", "run", "5", "a file"), links);
    }

    @Test
    @DisplayName(
            "CDPATH changes nothing, in the locale C the JVM gets one that can write every path, options are put aside")
    void givesAnEnvironment() throws Exception {
        Path trap = Files.createDirectories(temp.resolve("trap/a course 课程")).getParent();
        Map<String, String> environment =
                Map.of("CDPATH", trap.toString(), "LC_ALL", "C", "JAVA_TOOL_OPTIONS", "-Dx=1");
        Result result = call(home.getParent(), environment, "sh", "a course 课程/course", "run", "5", "a file");
        assertStarts(result, home.getParent());
        assertThat(result.out()).contains("\nlocale C.UTF-8\noptions none\naside -Dx=1\n");
    }

    @Test
    @DisplayName(
            "a jar that is missing or older than a source is built, and said so; one that runs is not written over")
    void builds() throws Exception {
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        try (InputStream open = Files.newInputStream(jar)) { // as a JVM has it
            Result result = call(temp, Map.of(), home + "/course");
            assertThat(result.err())
                    .startsWith("course: building docs/tools ...\nmvnw ")
                    .contains(" -f " + home + "/docs/tools package -DskipTests ");
            assertThat(result.out()).endsWith("jar one half, the other half\n");
            assertThat(result.exitCode()).isEqualTo(7);
            assertThat(open).isEmpty();
        }
        assertThat(call(temp, Map.of(), home + "/course").err()).isEmpty();
        Files.delete(jar);
        assertThat(call(temp, Map.of(), home + "/course").err()).contains("mvnw ");
        assertThat(Folders.texts(jar.getParent()).keySet()).containsExactly("course.jar", "lib/a library.jar");
    }

    @Test
    @DisplayName("two that build at once do not disturb each other")
    void buildsTwice() throws Exception {
        Files.delete(jar);
        write(home.resolve("mvnw"), MVNW + ANOTHER_BUILDS + OTHER_HALF);
        CompletableFuture<Result> other = CompletableFuture.supplyAsync(() -> {
            try {
                return call(home, Map.of(), "./course");
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        assertThat(List.of(call(home, Map.of(), "./course"), other.join()))
                .allSatisfy(result -> assertThat(result.out()).endsWith("jar one half, the other half\n"));
        assertThat(Folders.texts(jar.getParent()).keySet()).containsExactly("course.jar", "lib/a library.jar");
    }

    @Test
    @DisplayName(
            "no Java, a build that fails, a folder that cannot be made: one line, exit code 1, and nothing is left")
    void refuses() throws Exception {
        Map<String, String> nowhere = Map.of("JAVA_HOME", "/nowhere");
        assertThat(call(home, nowhere, "./course"))
                .isEqualTo(
                        new Result(
                                1,
                                "",
                                "course: there is no /nowhere/bin/java; expected a JDK, 17 or newer, on the PATH or in JAVA_HOME\n"));
        Files.delete(jar);
        write(home.resolve("mvnw"), "exit 3\n");
        assertThat(call(home, Map.of(), "./course"))
                .isEqualTo(new Result(1, "", "course: building docs/tools ...\ncourse: docs/tools does not build\n"));
        assertThat(Folders.files(jar.getParent())).isEmpty();
        Folders.delete(jar.getParent());
        Files.writeString(jar.getParent(), "");
        String inTheWay = " cannot be written to, and the tools have to be built there\n";
        assertThat(call(home, Map.of(), "./course"))
                .isEqualTo(new Result(1, "", "course: " + home.resolve("docs/tools") + inTheWay));
    }
}
