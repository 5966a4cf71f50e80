package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.TestClient;
import dev.gserver.common.ClientWarnings;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.TestLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The receiving half of the server: a port, the event loop, the receive queue, the workers. Answers are kept. */
public final class ReceivingServer implements AutoCloseable {
    private static final int CONNECTIONS = 100;

    private final MessageDispatcher dispatcher = new MessageDispatcher(new ClientWarnings(System::nanoTime));
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private final AtomicLong bytesTakenIn = new AtomicLong();
    private final TestLoop loop = new TestLoop(1, CONNECTIONS);
    private final ThreadPool threadPool;

    public ReceivingServer(int threads) throws IOException {
        ReceiveQueue queue = new ReceiveQueue(CONNECTIONS);
        loop.keepsRequests = true;
        loop.sink = new TestLoop.Sink() {
            @Override
            public void deliver(Client client, List<Message> messages) {
                messages.forEach(message -> bytesTakenIn.addAndGet(message.packetLength()));
                queue.deliver(client, messages);
            }

            @Override
            public void flush() {
                queue.flush();
            }
        };
        loop.eventLoop.clients().addLayer(queue);
        threadPool = new ThreadPool(threads, queue, dispatcher, answers::add);
    }

    /** Has messages of {@code code} handled by {@code handler}; before {@link #start}. */
    public ReceivingServer handling(int code, int bodyLength, MessageHandler handler) {
        dispatcher.register(code, bodyLength, handler);
        return this;
    }

    public ReceivingServer start() {
        threadPool.start();
        loop.eventLoop.start();
        return this;
    }

    public TestLoop loop() {
        return loop;
    }

    public TestClient connect() throws IOException {
        return loop.connect();
    }

    /** Length of all packets received so far. */
    long bytesTakenIn() {
        return bytesTakenIn.get();
    }

    /** Waits for the next {@code count} answers. */
    public List<Message> answers(int count) throws InterruptedException {
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

    @Override
    public void close() {
        threadPool.close();
        loop.close();
    }
}
