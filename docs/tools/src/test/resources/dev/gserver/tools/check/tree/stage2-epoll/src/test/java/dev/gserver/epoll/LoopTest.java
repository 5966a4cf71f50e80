package dev.gserver.epoll;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LoopTest {
    @Test
    @DisplayName("loop." + "1: goes round")
    void goesRound() {
        new Loop();
    }
}
