package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.TestClient;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.MessageSink;
import dev.gserver.listen.ListeningSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The receiving half of the server: a port, the event loop, the receive queue, the workers. Answers are kept. */
final class ReceivingServer implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final int RECEIVE_BUFFER_BYTES = 16 * 1024; // small, so that the kernel holds little

    private final ClientWarnings warnings = new ClientWarnings(System::nanoTime);
    private final MessageDispatcher dispatcher = new MessageDispatcher(warnings);
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private final AtomicLong bytesTakenIn = new AtomicLong();
    private final ListeningSockets sockets;
    private final EventLoop eventLoop;
    private final ThreadPool threadPool;

    ReceivingServer(int threads) throws IOException {
        sockets = ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(0), 50);
        sockets.sockets().get(0).channel().setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        eventLoop = new EventLoop(sockets.sockets(), CONNECTIONS, warnings);
        ReceiveQueue queue = new ReceiveQueue(eventLoop, CONNECTIONS);
        eventLoop.deliverTo(counting(queue));
        eventLoop.addListener(queue);
        threadPool = new ThreadPool(threads, queue, dispatcher, answers::add);
    }

    private MessageSink counting(MessageSink next) {
        return new MessageSink() {
            @Override
            public void deliver(Connection connection, List<Message> messages) {
                messages.forEach(message -> bytesTakenIn.addAndGet(message.packetLength()));
                next.deliver(connection, messages);
            }

            @Override
            public void flush() {
                next.flush();
            }
        };
    }

    /** Has messages of {@code code} handled by {@code handler}; before {@link #start}. */
    ReceivingServer handling(int code, int bodyLength, MessageHandler handler) {
        dispatcher.register(code, bodyLength, handler);
        return this;
    }

    ReceivingServer start() {
        threadPool.start();
        eventLoop.start();
        return this;
    }

    TestClient connect() throws IOException {
        return new TestClient(address());
    }

    InetSocketAddress address() {
        return sockets.sockets().get(0).address();
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** Length of all packets received so far. */
    long bytesTakenIn() {
        return bytesTakenIn.get();
    }

    /** Waits for the next {@code count} answers. */
    List<Message> answers(int count) throws InterruptedException {
        List<Message> result = new ArrayList<>();
        while (result.size() < count) {
            Message answer = answers.poll(8, TimeUnit.SECONDS);
            assertThat(answer).as("answer %d of %d", result.size() + 1, count).isNotNull();
            result.add(answer);
        }
        return result;
    }

    /** The answers that are there already. */
    List<Message> answersSoFar() {
        return List.copyOf(answers);
    }

    /** Waits until the event loop has seen the end of {@code connection}'s input, and done what it then does. */
    void awaitInputEnded(Connection connection) throws InterruptedException {
        while (!connection.inputEnded()) {
            awaitEventLoop();
        }
        awaitEventLoop();
    }

    /** Waits until the event loop has handled the events at hand. */
    void awaitEventLoop() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        eventLoop.execute(reached::countDown);
        assertThat(reached.await(8, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
        threadPool.close();
        eventLoop.close();
        sockets.close();
    }
}
