package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.gserver.LogRecorder;
import dev.gserver.TraceRecorder;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.CloseRequest;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeartbeatCheckTest {
    private static final long INTERVAL = Duration.ofMillis(10).toNanos();

    private final LogRecorder log = new LogRecorder();
    private final TraceRecorder trace = new TraceRecorder();
    private final CloseRequest closeRequest = mock(CloseRequest.class);
    private final HeartbeatCheck check =
            new HeartbeatCheck(Duration.ofNanos(INTERVAL), closeRequest, new ClientWarnings(() -> 0));
    private final Connection connection = Connections.open(3, "peer");
    private final TimerEntry entry = new TimerEntry(connection, 7);

    @AfterEach
    void close() {
        trace.close();
        log.close();
    }

    @Test
    @DisplayName("procPingTimeOutChecking.1: no ping for longer than 3 intervals, kicked")
    void kicksSilentClient() {
        check.check(entry, 7 + 3 * INTERVAL + 1);
        verify(closeRequest).requestClose(connection, connection.sequence(), "no ping");
        verifyNoMoreInteractions(closeRequest);
        assertThat(trace.steps("procPingTimeOutChecking.1").get(0).what()).endsWith("without a ping: 30");
        assertThat(log.texts(Level.WARNING)).containsExactly("peer: closed: no ping for 30 ms");
    }

    @Test
    @DisplayName("procPingTimeOutChecking.1: exactly 3 intervals are not longer than 3 intervals")
    void sparesClientAtTheLimit() {
        check.check(entry, 7 + 3 * INTERVAL);
        verifyNoInteractions(closeRequest);
        assertThat(trace.ids("procPing")).isEmpty();
    }

    @Test
    @DisplayName("the time counts from the last ping")
    void countsFromTheLastPing() {
        entry.pinged(100);
        check.check(entry, 100 + 3 * INTERVAL);
        verifyNoInteractions(closeRequest);
        check.check(entry, 100 + 3 * INTERVAL + 1);
        verify(closeRequest).requestClose(any(), anyLong(), any());
    }

    @Test
    @DisplayName("a client is kicked once, however long the event loop takes to close it")
    void kicksOnce() {
        check.check(entry, 7 + 4 * INTERVAL);
        check.check(entry, 7 + 5 * INTERVAL);
        verify(closeRequest).requestClose(any(), anyLong(), any());
        assertThat(log.texts(Level.WARNING)).hasSize(1);
    }

    @Test
    @DisplayName("every silent client is kicked, ten a second are warned of")
    void limitsWarnings() {
        for (int i = 0; i < 11; i++) {
            check.check(new TimerEntry(connection, 7), 7 + 3 * INTERVAL + 1);
        }
        verify(closeRequest, times(11)).requestClose(connection, connection.sequence(), "no ping");
        assertThat(log.records()).hasSize(10);
    }

    @Test
    @DisplayName("a client that left since is not kicked, nor is the next owner of its place")
    void leavesAlonePlacesThatChanged() {
        Connections.free(connection);
        Connections.reopen(connection, "next");
        check.check(entry, Long.MAX_VALUE);
        verifyNoInteractions(closeRequest);
        assertThat(log.texts(Level.WARNING)).isEmpty();
        assertThat(check.kicks()).isZero();
    }
}
