package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client leaves while the server still works for it. */
class StaleMessagesTest {
    private static final int PLAIN = 1;
    private static final int GATE = 2;

    private final Gate gate = new Gate();
    private TestPool pool;

    @AfterEach
    void close() {
        gate.close();
        pool.close();
    }

    @Test
    @DisplayName("messages that wait behind the one in hand are not handled when their client has left")
    void behindTheOneInHand() throws Exception {
        start(1);
        Client client = pool.connect(0);
        pool.deliver(client, GATE, 1);
        gate.awaitEntered(1);
        pool.deliver(client, PLAIN, 2, 100);
        pool.leave(client);
        gate.open();
        assertThat(pool.answers(1)).containsExactly(1);
        assertNothingElseIsHandled();
    }

    @Test
    @DisplayName("the answer to the former client is still the former one's, so nobody takes it for the new one's")
    void answerToTheFormerClient() throws Exception {
        start(2);
        Client former = pool.connect(0);
        pool.deliver(former, GATE, 1);
        gate.awaitEntered(1);
        pool.replace(former);
        gate.open();
        Message answer = pool.answer();
        assertThat(answer.client()).isSameAs(former);
        assertThat(answer.client().hasLeft()).isTrue();
    }

    private void start(int threads) {
        pool = new TestPool(threads)
                .handling(PLAIN, TestPool.ECHO)
                .handling(GATE, gate)
                .start();
    }

    /** The only thread takes what comes last after all that waits. */
    private void assertNothingElseIsHandled() throws Exception {
        pool.deliver(pool.connect(10), PLAIN, 1000);
        assertThat(pool.answers(1)).containsExactly(1000);
    }
}
