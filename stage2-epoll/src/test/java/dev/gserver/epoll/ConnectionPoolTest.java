package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
    private final ConnectionPool pool = new ConnectionPool(3);

    @Test
    @DisplayName("a new pool has all its connections idle, numbered from 0")
    void startsIdle() {
        assertThat(pool.idleCount()).isEqualTo(3);
        List<Connection> all = Stream.generate(pool::get).limit(3).toList();
        assertThat(all).extracting(Connection::index).containsExactly(0, 1, 2);
        assertThat(all).noneMatch(Connection::isOpen);
    }

    @Test
    @DisplayName("when all are taken it gives null, and one given back is there again")
    void runsOut() {
        Connection first = pool.get();
        pool.get();
        pool.get();
        assertThat(pool.idleCount()).isZero();
        assertThat(pool.get()).isNull();
        pool.free(first);
        assertThat(pool.idleCount()).isEqualTo(1);
        assertThat(pool.get()).isSameAs(first);
        assertThat(pool.get()).isNull();
    }

    @Test
    @DisplayName("the one given back last is taken first")
    void takesTheLastOneGivenBack() {
        Connection first = pool.get();
        Connection second = pool.get();
        pool.free(second);
        pool.free(first);
        assertThat(pool.get()).isSameAs(first);
        assertThat(pool.get()).isSameAs(second);
    }

    @Test
    @DisplayName("a connection given back is free, and its sequence number stale")
    void freesWhatIsGivenBack() {
        Connection connection = pool.get();
        connection.open(new FakeChannel(), "peer");
        long sequence = connection.sequence();
        pool.free(connection);
        assertThat(connection.isStale(sequence)).isTrue();
        assertThat(connection.isOpen()).isFalse();
    }
}
