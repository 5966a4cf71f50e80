package dev.gserver.tools.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningJarTest {
    @TempDir
    private Path target;

    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        jar = Files.writeString(target.resolve("gserver.jar"), "one");
    }

    @Test
    @DisplayName("a jar that is built again leaves alone the one that runs")
    void keepsWhatRuns() throws IOException {
        Path running = RunningJar.copyOf(jar);
        Files.writeString(jar, "two");
        Path next = RunningJar.copyOf(jar);
        assertThat(running).hasContent("one").hasFileName("gserver.jar").isNotEqualTo(jar);
        assertThat(next).hasContent("two");
    }

    @Test
    @DisplayName("one that is the same is started from the same copy, which is not written again")
    void writesOnce() throws IOException {
        Path running = RunningJar.copyOf(jar);
        FileTime longAgo = FileTime.fromMillis(1);
        Files.setLastModifiedTime(running, longAgo);
        assertThat(RunningJar.copyOf(jar)).isEqualTo(running);
        assertThat(Files.getLastModifiedTime(running)).isEqualTo(longAgo);
    }

    @Test
    @DisplayName("copies that were started long ago are removed")
    void removesOldOnes() throws IOException {
        Path old = RunningJar.copyOf(jar);
        Files.setLastModifiedTime(old.getParent(), FileTime.fromMillis(0));
        Files.writeString(jar, "two");
        Path next = RunningJar.copyOf(jar);
        assertThat(old.getParent()).doesNotExist();
        assertThat(next).exists();
    }
}
