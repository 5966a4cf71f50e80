package dev.gserver.tools.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TempFolderTest {
    private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path home;

    @Test
    @DisplayName("a copy has the files and their times, those of folders too, but no .git; it goes away")
    void copies() throws Exception {
        Path file = Files.createDirectories(home.resolve("a/b")).resolve("c.txt");
        Files.writeString(file, "text");
        Files.writeString(home.resolve(".git"), "gitdir: elsewhere");
        for (Path path : new Path[] {file, file.getParent()}) {
            Files.setLastModifiedTime(path, OLD);
        }
        Path copy;
        try (TempFolder folder = TempFolder.create()) {
            copy = folder.copy(home, "copy");
            assertThat(copy.resolve("a/b/c.txt")).hasContent("text");
            assertThat(Files.getLastModifiedTime(copy.resolve("a/b/c.txt"))).isEqualTo(OLD);
            assertThat(Files.getLastModifiedTime(copy.resolve("a/b"))).isEqualTo(OLD);
            assertThat(copy.resolve(".git")).doesNotExist();
        }
        assertThat(copy.getParent()).doesNotExist();
    }
}
