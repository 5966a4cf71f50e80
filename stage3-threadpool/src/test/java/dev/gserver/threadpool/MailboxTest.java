package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final int OVERHEAD = 64; // what a message counts beside its body
    private static final int CHUNK = 4096;
    private static final int HIGH_WATER = Mailbox.HIGH_WATER_BYTES;

    private final Connection connection = Connections.open(1, "client");
    private final Mailbox mailbox = new Mailbox(connection);

    @Test
    @DisplayName("messages come out in the order in which they went in")
    void keepsOrder() {
        mailbox.add(Numbered.messages(connection, 9, 1, 3));
        mailbox.add(Numbered.messages(connection, 9, 4, 5));

        assertThat(move(10)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    @DisplayName("no more come out than asked for; the rest stays")
    void batchIsLimited() {
        mailbox.add(Numbered.messages(connection, 9, 1, 5));

        assertThat(move(2)).containsExactly(1, 2);
        assertThat(mailbox.isEmpty()).isFalse();
        assertThat(move(3)).containsExactly(3, 4, 5);
        assertThat(mailbox.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("an empty one gives nothing")
    void emptyGivesNothing() {
        assertThat(mailbox.isEmpty()).isTrue();
        assertThat(move(10)).isEmpty();
    }

    @Test
    @DisplayName("it stays that of the client it was made for when the place has a new client")
    void belongsToOneClient() {
        long sequence = connection.sequence();

        Connections.free(connection);
        Connections.reopen(connection, "next client");

        assertThat(mailbox.connection()).isSameAs(connection);
        assertThat(mailbox.sequence()).isEqualTo(sequence);
    }

    @Test
    @DisplayName("with just the high-water mark in it, reading does not pause")
    void noPauseAtTheMark() {
        addBytes(HIGH_WATER);

        assertThat(mailbox.pauses()).isFalse();
    }

    @Test
    @DisplayName("one byte above the high-water mark, reading pauses, once")
    void pausesAboveTheMark() {
        addBytes(HIGH_WATER + 1);

        assertThat(mailbox.pauses()).isTrue();
        assertThat(mailbox.pauses()).isFalse();
    }

    @Test
    @DisplayName("messages without a body count too: 64 bytes each")
    void emptyMessagesCount() {
        addEmpty(HIGH_WATER / OVERHEAD);
        assertThat(mailbox.pauses()).isFalse();

        addEmpty(1);
        assertThat(mailbox.pauses()).isTrue();
    }

    @Test
    @DisplayName("what was taken out counts no longer")
    void takenOutCountsNoLonger() {
        addBytes(HIGH_WATER);
        removeBytes(HIGH_WATER);
        addBytes(HIGH_WATER);

        assertThat(mailbox.pauses()).isFalse();
    }

    @Test
    @DisplayName("after a pause, reading goes on with half the high-water mark left, once")
    void resumesAtHalf() {
        addBytes(HIGH_WATER / 2 + 1);
        addBytes(HIGH_WATER / 2);
        mailbox.pauses();

        removeBytes(HIGH_WATER / 2 + 1);

        assertThat(mailbox.resumes()).isTrue();
        assertThat(mailbox.resumes()).isFalse();
    }

    @Test
    @DisplayName("after a pause, reading does not go on with one byte more than half the high-water mark left")
    void noResumeAboveHalf() {
        addBytes(HIGH_WATER / 2);
        addBytes(HIGH_WATER / 2 + 1);
        mailbox.pauses();

        removeBytes(HIGH_WATER / 2);

        assertThat(mailbox.resumes()).isFalse();
    }

    @Test
    @DisplayName("where reading was not paused, there is nothing to resume")
    void nothingToResume() {
        addBytes(OVERHEAD);
        mailbox.pauses();

        assertThat(mailbox.resumes()).isFalse();
    }

    @Test
    @DisplayName("after reading has gone on, it can pause again")
    void pausesAgain() {
        addBytes(HIGH_WATER + 1);
        mailbox.pauses();
        removeBytes(HIGH_WATER + 1);
        mailbox.resumes();

        addBytes(HIGH_WATER + 1);

        assertThat(mailbox.pauses()).isTrue();
    }

    @Test
    @DisplayName("only the first to schedule it is told so, until it is unscheduled")
    void scheduledOnce() {
        assertThat(mailbox.schedule()).isTrue();
        assertThat(mailbox.schedule()).isFalse();

        mailbox.unschedule();

        assertThat(mailbox.schedule()).isTrue();
    }

    @Test
    @DisplayName("it is scheduled from schedule to unschedule")
    void isScheduled() {
        assertThat(mailbox.isScheduled()).isFalse();

        mailbox.schedule();
        assertThat(mailbox.isScheduled()).isTrue();

        mailbox.unschedule();
        assertThat(mailbox.isScheduled()).isFalse();
    }

    /** Adds messages that count {@code bytes} together: {@code bytes / CHUNK} of them. */
    private void addBytes(int bytes) {
        int left = bytes;
        for (; left >= 2 * CHUNK; left -= CHUNK) {
            mailbox.add(List.of(Connections.message(connection, 9, new byte[CHUNK - OVERHEAD])));
        }
        mailbox.add(List.of(Connections.message(connection, 9, new byte[left - OVERHEAD])));
    }

    /** Takes out what {@link #addBytes} added first. */
    private void removeBytes(int bytes) {
        mailbox.moveTo(new ArrayList<>(), bytes / CHUNK);
    }

    private void addEmpty(int count) {
        mailbox.add(Collections.nCopies(count, Connections.message(connection, 9)));
    }

    private List<Integer> move(int most) {
        List<Message> batch = new ArrayList<>();
        mailbox.moveTo(batch, most);
        return Numbered.numbers(batch);
    }
}
