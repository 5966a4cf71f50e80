package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final int CODE = 9;

    private final Client client = Connections.client(0, "10.0.0.7:4711");
    private final Mailbox mailbox = new Mailbox(client);

    @Test
    @DisplayName("what is thrown away is told in bytes: what waits, and nothing that was moved out, and once")
    void tellsWhatItThrowsAway() {
        add(1, 5);
        move(2);
        int each = Numbered.message(client, CODE, 1).heapBytes();
        assertThat(mailbox.discard()).isEqualTo(3 * each);
        assertThat(mailbox.size()).isZero();
        assertThat(move(4)).isEmpty();
        assertThat(mailbox.discard()).isZero();
        add(6, 6);
        assertThat(mailbox.discard()).isEqualTo(each);
    }

    private void add(int first, int last) {
        Numbered.messages(client, CODE, first, last).forEach(mailbox::add);
    }

    private List<Integer> move(int most) {
        List<Message> batch = new ArrayList<>();
        mailbox.moveTo(batch, most);
        return Numbered.numbers(batch);
    }
}
