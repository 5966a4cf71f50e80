package dev.gserver.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule itself, with a memory of 80,000 bytes, of which 20,000 are kept back, and messages of 3,000 bytes at most. */
class MemoryTest {
    private static final int LARGEST = 3_000;

    private final Memory memory = new Memory(80_000, 500);

    @Test
    @DisplayName(
            "the more clients want much, the less each gets, and something stays free: with 1, 2, 3 of them a half,"
                    + " a third, a quarter each")
    void sharesAmongAll() {
        for (int clients = 1; clients <= 3; clients++) {
            Memory shared = new Memory(80_000, 500);
            long[] held = new long[clients];
            for (int round = 0; round < 80_000; round++) {
                int client = round % clients;
                if (shared.room(held[client], LARGEST) > 0) {
                    held[client]++;
                    shared.add(1);
                }
            }
            for (long each : held) {
                assertThat(each - 60_000 / (clients + 1)).isBetween(0L, 1L);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 60000, 58976",
        "53000, 7000, 6000", // what is not kept back is more than two messages
        "56000, 6000, 6000", // two of what is kept back: what is read, and what may begin at its end
        "65976, 4024, 4024",
        "66000, 4000, 4000",
        "69000, 1024, 1024", // down to an eighth; the rest is for short messages
        "77952, 1024, 1024",
        "78000, 1000, 1000", // half of what is left: nobody takes the last of it
        "79998, 1, 1",
        "79999, 0, 0",
        "80000, 0, 0",
        "80100, -50, -50" // answers have taken more than there is
    })
    @DisplayName("who holds little finds room in what is kept back, whatever the others hold; who holds more does not")
    void keepsRoomForWhoHoldsLittle(int heldByOthers, long roomOfNothing, long roomOfLittle) {
        memory.add(heldByOthers);
        assertThat(memory.room(0, LARGEST)).as("holds nothing").isEqualTo(roomOfNothing);
        assertThat(memory.room(1_024, LARGEST)).as("holds little").isEqualTo(roomOfLittle);
        assertThat(memory.room(1_025, LARGEST)).as("holds more").isEqualTo(60_000 - heldByOthers - 1_025);
    }

    @Test
    @DisplayName("it is short when less than a quarter is free, and no more when enough is given back")
    void isShort() {
        memory.add(60_000);
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
