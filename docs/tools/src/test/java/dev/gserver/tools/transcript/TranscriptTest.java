package dev.gserver.tools.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptTest {
    @ParameterizedTest
    @CsvSource({
        "a … c;…;(z)*, a b b c;x;(z)*;y;(z)*, 3, true",
        "…;b, b, 1, true",
        "z*, zz, -1, false",
        "a;b;c, a;x, -1, false",
        "a;b, a, -1, false",
        "a, a;b, 1, false",
        "…, a;b, 0, true",
    })
    @DisplayName("an ellipsis stands for anything in a line, and for any lines alone; everything else for itself")
    void matches(String lines, String output, int end, boolean all) {
        Expected expected = new Expected(10, List.of(lines.split(";")));
        List<String> printed = List.of(output.split(";"));
        assertThat(expected.end(printed)).isEqualTo(end);
        assertThat(expected.isAll(printed)).isEqualTo(all);
    }

    @Test
    @DisplayName("numbers that are ports of the pages are replaced, each by one, and come back; others stay")
    void replacesPorts() {
        Ports ports = new Ports();
        String text = "127.0.0.1:9000 9001,9000 (9042)";
        String real = ports.replace(text);
        assertThat(real)
                .matches("127\\.0\\.0\\.1:(2\\d{4}) (2\\d{4}),\\1 \\(2\\d{4}\\)")
                .isNotEqualTo(text);
        assertThat(ports.restore(real)).isEqualTo(text);
        String others = "19000 90000 9100 x9000 9000.5 1.9000 9000ms";
        assertThat(ports.replace(others)).isEqualTo(others);
    }
}
