package dev.gserver.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule itself, with a memory of 8,000 bytes, of which 1,000 are kept back, and messages of 300 bytes at most. */
class MemoryTest {
    private static final int LARGEST = 300;

    private final Memory memory = new Memory(8_000, 500);

    @Test
    @DisplayName(
            "the more clients want much, the less each gets, and something stays free: with 1, 2, 3 of them a half,"
                    + " a third, a quarter each")
    void sharesAmongAll() {
        for (int clients = 1; clients <= 3; clients++) {
            Memory shared = new Memory(8_000, 500);
            long[] held = new long[clients];
            for (int round = 0; round < 8_000; round++) {
                int client = round % clients;
                if (shared.room(held[client], LARGEST) > 0) {
                    held[client]++;
                    shared.add(1);
                }
            }
            for (long each : held) {
                assertThat(each - 7_000 / (clients + 1)).isBetween(0L, 1L);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 7000",
        "6600, 400", // what is not kept back is more than one message
        "6800, 300", // one message of what is kept back
        "7400, 300",
        "7500, 250", // half of what is left: a long message never takes the last of it
        "7998, 1",
        "7999, 0",
        "8000, 0",
        "8100, -6" // answers have taken more than there is
    })
    @DisplayName("who holds nothing finds room for one message in what is kept back, whatever the others hold")
    void keepsRoomForNewcomers(int heldByOthers, long room) {
        memory.add(heldByOthers);
        assertThat(memory.room(0, LARGEST)).isEqualTo(room);
        assertThat(memory.room(1, LARGEST)).as("holds something").isEqualTo(8_000 - heldByOthers - 1_000 - 1);
    }

    @Test
    @DisplayName("who holds nothing may take a sixteenth of what is free, where messages are short")
    void givesNewcomersASixteenth() {
        memory.add(6_995);
        assertThat(memory.room(0, 10)).isEqualTo(1_005 / 16);
    }

    @Test
    @DisplayName("it is short when less than a quarter is free, and no more when enough is given back")
    void isShort() {
        memory.add(6_000);
        assertThat(memory.isShort()).isFalse();
        memory.add(1);
        assertThat(memory.isShort()).isTrue();
        memory.add(-1);
        assertThat(memory.isShort()).isFalse();
    }

    @Test
    @DisplayName("it tells what is held, and its limits; beyond 2 GiB too")
    void tellsWhatIsHeld() {
        Memory large = new Memory(8_000_000_000L, 500);
        large.add(5_000_000_000L);
        large.add(-1);
        assertThat(large.held()).isEqualTo(4_999_999_999L);
        assertThat(large.most()).isEqualTo(8_000_000_000L);
        assertThat(large.mostAnswers()).isEqualTo(500);
    }
}
