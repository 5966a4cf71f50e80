package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A thread pool on a receive queue, without sockets: the test's thread plays the event loop's, and the answers are
 * kept. Used by the test's thread.
 */
final class TestPool implements AutoCloseable {
    private static final int CONNECTIONS = 64;

    private final EventLoop eventLoop = mock(EventLoop.class, withSettings().stubOnly());
    private final ReceiveQueue queue = new ReceiveQueue(eventLoop, CONNECTIONS);
    private final MessageDispatcher dispatcher = new MessageDispatcher(new ClientWarnings(System::nanoTime));
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private final ThreadPool threadPool;

    TestPool(int threads) {
        threadPool = new ThreadPool(threads, queue, dispatcher, answers::add);
    }

    /** Has numbered messages of {@code code} handled by {@code handler}; before {@link #start}. */
    TestPool handling(int code, MessageHandler handler) {
        dispatcher.register(code, Numbered.BODY_LENGTH, handler);
        return this;
    }

    TestPool start() {
        threadPool.start();
        return this;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    ReceiveQueue queue() {
        return queue;
    }

    /** A client at place {@code index} of the pool. */
    Connection connect(int index) {
        Connection connection = Connections.open(index, "client-" + index);
        queue.opened(connection);
        return connection;
    }

    /** The client leaves and a new one takes its place. */
    void replaceClient(Connection connection) {
        leave(connection);
        Connections.reopen(connection, "next-client-" + connection.index());
        queue.opened(connection);
    }

    void leave(Connection connection) {
        Connections.free(connection);
        queue.closed(connection);
    }

    void deliver(Connection connection, int code, int number) {
        deliver(connection, List.of(Numbered.message(connection, code, number)));
    }

    void deliver(Connection connection, int code, int first, int last) {
        deliver(connection, Numbered.messages(connection, code, first, last));
    }

    void deliver(Connection connection, List<Message> messages) {
        queue.deliver(connection, messages);
        queue.flush();
    }

    /** Waits for the next answer. */
    Message answer() throws InterruptedException {
        Message answer = answers.poll(8, TimeUnit.SECONDS);
        assertThat(answer).as("the next answer").isNotNull();
        return answer;
    }

    /** Waits for that many answers, and returns their numbers. */
    List<Integer> answers(int count) throws InterruptedException {
        List<Integer> numbers = new ArrayList<>();
        while (numbers.size() < count) {
            numbers.add(Numbered.number(answer()));
        }
        return numbers;
    }

    /** The numbers of the answers that are there already. */
    List<Integer> answersSoFar() {
        return Numbered.numbers(List.copyOf(answers));
    }

    @Override
    public void close() {
        threadPool.close();
    }
}
