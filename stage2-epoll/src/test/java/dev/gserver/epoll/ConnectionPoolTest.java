package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
    private final ConnectionPool pool = new ConnectionPool(3);

    @Test
    @DisplayName("a new pool gives as many connections as it has, numbered from 0, all free; then null")
    void startsIdle() {
        List<Connection> all = Stream.generate(pool::get).limit(3).toList();
        assertThat(all).extracting(Connection::index).containsExactly(0, 1, 2);
        assertThat(all).extracting(Connection::channel).containsOnlyNulls();
        assertThat(pool.get()).isNull();
    }

    @Test
    @DisplayName("a connection given back is free, its channel closed, and it is the next to be taken")
    void closesTheChannel() {
        Connection connection = taken();
        FakeChannel channel = (FakeChannel) connection.channel();
        connection.setReadHandler(ignored -> {});
        connection.setClient(Connections.client(7, "peer"));
        pool.free(connection);
        assertThat(channel.isOpen()).isFalse();
        assertThat(connection.channel()).isNull();
        assertThat(connection.readHandler()).as("read handler of a free place").isNull();
        assertThat(connection.client()).as("client of a free place").isNull();
        assertThat(pool.get()).as("the next to be taken").isSameAs(connection);
    }

    @Test
    @DisplayName("a channel that cannot be closed properly: the place is free all the same, without a warning")
    void freesThePlaceWhenCloseFails() {
        Connection connection = pool.get();
        connection.open(new FakeChannel().failToClose(), "broken");
        try (LogRecorder log = new LogRecorder()) {
            pool.free(connection);
            assertThat(log.texts(Level.FINE)).singleElement().asString().endsWith(": close failed: broken");
            assertThat(log.records()).hasSize(1);
        }
        assertThat(pool.get()).isSameAs(connection);
    }

    private Connection taken() {
        Connection connection = pool.get();
        connection.open(new FakeChannel(), "peer");
        return connection;
    }
}
