package dev.gserver.tools.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PortsTest {
    private final Ports ports = new Ports();

    @Test
    @DisplayName("numbers that are ports of the pages are replaced, each by one, and come back")
    void replaces() {
        String text = "127.0.0.1:9000 9001,9000 (9042)";
        String real = ports.replace(text);
        assertThat(real)
                .matches("127\\.0\\.0\\.1:(2\\d{4}) (2\\d{4}),\\1 \\(2\\d{4}\\)")
                .isNotEqualTo(text);
        assertThat(ports.restore(real)).isEqualTo(text);
    }

    @Test
    @DisplayName("parts of other numbers, names and fractions stay")
    void leavesOthers() {
        String text = "19000 90000 9100 x9000 9000.5 1.9000 9000ms";
        assertThat(ports.replace(text)).isEqualTo(text);
    }
}
