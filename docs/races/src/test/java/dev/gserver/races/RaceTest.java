package dev.gserver.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaceTest {
    private static final Course COURSE = Course.around(Path.of(""));

    @TempDir
    private Path folder;

    private Race read(String head, String file, String hunk) throws IOException {
        String diff = "--- a/" + file + "\n+++ b/" + file + "\n@@ -1 +1 @@\n" + hunk + "\n";
        return Race.read(Files.writeString(folder.resolve("mine.diff"), head + "\n\n" + diff));
    }

    private static String head(String scenario) {
        return "title: a change of words\ntitle-zh: 改了措辞\nstage: 2\nchapter: docs/stage2-epoll.md#the-place-and-its-client\n"
                + "sentence: Places are used again\nsentence-zh: 位置会反复使用\nscenario: " + scenario
                + "\nlost: nothing\nlost-zh: 无\nprevents: epoll/Connection.java: sequence++;";
    }

    @Test
    @DisplayName("all that is stored fits the stages and their pages")
    void fits() {
        COURSE.check();
        assertThat(COURSE.races()).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    @DisplayName("a race that only jcstress sees tells the field that has to be volatile")
    void namesTheField() {
        assertThat(COURSE.race("sequence-not-volatile").isOfMemory()).isTrue();
        assertThat(COURSE.race("give-back-split").isOfMemory()).isFalse();
        assertThat(COURSE.races().stream().filter(Race::isOfMemory).map(Race::field))
                .contains("Connection.sequence", "EventLoop.owner", "Client.requestBytes");
    }

    @Test
    @DisplayName("an unknown name is refused, with those that exist")
    void refusesAnUnknownName() {
        assertThatThrownBy(() -> COURSE.race("nothing-lost"))
                .hasMessageStartingWith("no race is called nothing-lost, expected one of ")
                .hasMessageContaining("give-back-split");
    }

    @Test
    @DisplayName("a head with an unknown line, or without one that it needs, is refused")
    void refusesABadHead() {
        assertThatThrownBy(() -> read("tittle: x", "X", " a")).hasMessageContaining("\"tittle: x\" is unknown");
        assertThatThrownBy(() -> read("title: x\nstage: 3", "X", " a"))
                .hasMessage(
                        "mine: its head has no [title-zh, chapter, sentence, sentence-zh, lost, lost-zh, prevents]");
    }

    @Test
    @DisplayName("a wrong version that is not wrong is not found")
    void tellsThatNothingIsFound() throws IOException {
        String file = "stage2-epoll/src/main/java/dev/gserver/epoll/Connection.java";
        Race harmless = read(
                head("PlaceScenario"),
                file,
                "-    /** From here on everything that still waits for the client is stale. */\n+    //");
        Result result = new Trial(COURSE).red(harmless);
        assertThat(result.found()).isFalse();
        assertThat(result.schedules()).isPositive();
    }
}
