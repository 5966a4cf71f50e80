package dev.gserver.listen;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DoorTest {
    @Test
    @DisplayName("door.1: it " + "opens")
    void opens() {
        new Door().open();
    }
}
