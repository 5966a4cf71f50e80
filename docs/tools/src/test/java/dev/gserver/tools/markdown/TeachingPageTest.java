package dev.gserver.tools.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeachingPageTest {
    private static final Project PROJECT = Project.ofProgram();

    @ParameterizedTest
    @ValueSource(strings = {"docs/teaching.md", "docs/zh-CN/teaching.md"})
    @DisplayName("the workflow in the page is the file to copy")
    void showsTheWorkflow(String name) {
        assertThat(Page.read(PROJECT.home(), name).fences())
                .filteredOn(fence -> fence.info().equals("yaml"))
                .singleElement()
                .satisfies(fence -> assertThat(fence.lines())
                        .isEqualTo(Folders.lines(PROJECT.docs().resolve("teaching/grade.yml"))));
    }
}
