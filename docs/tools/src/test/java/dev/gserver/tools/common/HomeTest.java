package dev.gserver.tools.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
    private final Path from = Path.of("here").toAbsolutePath();
    private final Home home = new Home(new Project(Path.of("course")), from);

    @Test
    @DisplayName("the program knows the checkout that it was built in")
    void findsItsCheckout() {
        assertThat(Home.ofProgram().project().home().resolve("docs/tools/pom.xml"))
                .exists();
    }

    @Test
    @DisplayName("a path is meant from where the user is, and shown in the same way")
    void resolves() {
        assertThat(home.resolve("a/../b")).isEqualTo(from.resolve("b"));
        assertThat(home.show(from.resolve("b"))).isEqualTo("b");
        assertThat(home.show(from.resolveSibling("c")))
                .isEqualTo(from.resolveSibling("c").toString());
        assertThatThrownBy(() -> home.resolve("a\0b"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("expected a path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "stage2-epoll", "stage2-epoll/", "stage2-epoll\\"})
    @DisplayName("a stage is called by its number or its folder")
    void knowsStages(String word) {
        assertThat(home.project().stage(word).number()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "6", "epoll", "stage2"})
    @DisplayName("and by nothing else")
    void refusesOthers(String word) {
        assertThatThrownBy(() -> home.project().stage(word))
                .isInstanceOf(Refusal.class)
                .hasMessage("stage '" + word + "': expected 1 to 5 or the name of a folder");
    }
}
