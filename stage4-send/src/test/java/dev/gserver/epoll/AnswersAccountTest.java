package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.memory.Memory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client's account with answers on it, 400 bytes of them at most: when the event loop can go on with it. */
@Timeout(30)
class AnswersAccountTest {
    @AutoClose
    private final FakeLoop loop = new FakeLoop(new Memory(10_000_000, 400));

    private final Client client = loop.client(3, "peer", null);

    @Test
    @DisplayName("when its input has ended it is due with requests and answers both at zero, whichever is so first")
    void isDueWhenAllIsDealtWith() {
        Client other = loop.client(4, "other", null);
        for (Client each : new Client[] {client, other}) {
            each.holdRequests(64);
            each.holdAnswers(64);
            each.endInput();
        }
        client.releaseRequests(64);
        client.releaseAnswers(63);
        other.releaseAnswers(64);
        assertThat(loop.due).isEmpty();
        client.releaseAnswers(1);
        assertThat(loop.due).containsExactly(client);
        other.releaseRequests(64);
        assertThat(loop.due).containsExactly(client, other);
    }

    @Test
    @DisplayName("with more than half of what may wait it is not read from; it may be again with a quarter")
    void holdsTooMuch() {
        client.holdAnswers(200);
        assertThat(client.holdsTooMuch()).isFalse();
        client.holdAnswers(1);
        assertThat(client.holdsTooMuch()).isTrue();
        client.await();
        client.releaseAnswers(100);
        assertThat(loop.due).as("101 bytes").isEmpty();
        client.releaseAnswers(1);
        assertThat(loop.due).containsExactly(client);
    }

    @Test
    @DisplayName("few requests and many answers, or the other way round: it may be read from when both are low")
    void looksAtBoth() {
        client.holdAnswers(300);
        client.holdRequests(Client.MOST_REQUEST_BYTES);
        assertThat(client.holdsTooMuch()).isTrue();
        client.await();
        client.releaseAnswers(300);
        assertThat(loop.due).isEmpty();
        client.holdAnswers(300);
        client.releaseRequests(Client.MOST_REQUEST_BYTES);
        assertThat(loop.due).isEmpty();
        client.releaseAnswers(300);
        assertThat(loop.due).containsExactly(client);
    }

    @Test
    @DisplayName(
            "all that it holds, of both kinds, counts in the room that is left for it, and from the next release on in the sum")
    void countsInTheSum() {
        client.holdRequests(1_000);
        client.holdAnswers(300);
        assertThat(client.room()).isEqualTo(loop.memory.room(1_300, Message.MOST_HEAP_BYTES));
        client.releaseRequests(1_000);
        assertThat(loop.memory.held()).as("its answers").isEqualTo(300);
        client.releaseAnswers(299);
        assertThat(loop.memory.held()).isEqualTo(1);
        assertThat(client.room()).isEqualTo(loop.memory.room(1, Message.MOST_HEAP_BYTES));
    }
}
