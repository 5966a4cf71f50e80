package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.FakeLoop;
import dev.gserver.epoll.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * The send layer without sockets and without threads: clients with channels that have as much room as the test says, and
 * a send thread and an event loop that take a turn when the test says. Used by one thread.
 */
final class TestSend implements AutoCloseable {
    static final int MAX_PENDING = 100_000;

    final FakeLoop loop;
    final SendQueue queue;
    final SendThread thread; // not started
    private final Map<Client, SlowChannel> channels = new HashMap<>();

    TestSend() {
        this(new FakeLoop());
    }

    TestSend(FakeLoop loop) {
        this.loop = loop;
        queue = new SendQueue(loop.eventLoop, 64, MAX_PENDING);
        thread = new SendThread(queue);
    }

    /** A client at place {@code index}, with room for {@code room} bytes in its socket. */
    Client open(int index, int room) {
        SlowChannel channel = new SlowChannel(room);
        return opened(loop.client(index, "client-" + index, channel), channel);
    }

    /** The client leaves, and the next one takes its place. */
    Client replace(Client leaving, int room) {
        SlowChannel channel = new SlowChannel(room);
        Client next = loop.replace(leaving, "next-" + leaving.peer(), channel);
        queue.closed(leaving);
        return opened(next, channel);
    }

    private Client opened(Client client, SlowChannel channel) {
        channels.put(client, channel);
        queue.opened(client);
        return client;
    }

    void send(Client client, int code, byte... body) {
        queue.send(Connections.message(client, code, body));
    }

    SlowChannel channel(Client client) {
        return channels.get(client);
    }

    Outbox outbox(Client client) {
        return queue.outbox(client);
    }

    /** The send thread passes the semaphore once and does what there is to do. */
    void turn() {
        assertThat(queue.clientsToSendTo()).as("clients in the send list").isPositive();
        thread.sendTo(take());
    }

    /** Takes an outbox that is there; in a thread of its own, as a take that finds the semaphore closed waits without end. */
    Outbox take() {
        FutureTask<Outbox> taking = new FutureTask<>(queue::take);
        Thread taker = new Thread(taking);
        taker.setDaemon(true);
        taker.start();
        try {
            return taking.get(8, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("nothing came out of the queue: " + e, e);
        }
    }

    /** Both take turns until nobody has anything to do; a socket that is full then stays full. */
    void settle() {
        long written;
        do {
            written = writtenBytes();
            while (queue.clientsToSendTo() > 0) {
                turn();
            }
            loop.runTasks();
            for (Client client : channels.keySet()) {
                loop.writable(client);
            }
        } while (written != writtenBytes() || queue.clientsToSendTo() > 0);
    }

    private long writtenBytes() {
        return channels.values().stream()
                .mapToLong(channel -> channel.written().length)
                .sum();
    }

    static Message packet(Client client, int code, byte... body) {
        return Connections.message(client, code, body);
    }

    @Override
    public void close() {
        loop.close();
    }
}
