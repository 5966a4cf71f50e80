package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.common.ClientWarnings;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
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
    /** A handler that answers with the request. */
    static final MessageHandler ECHO = (request, answers) -> answers.send(request);

    private static final int CONNECTIONS = 64;

    private final ReceiveQueue queue = new ReceiveQueue(CONNECTIONS);
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

    /** A client at place {@code index} of the pool. */
    Client connect(int index) {
        return opened(Connections.client(index, "client-" + index));
    }

    /** The client leaves and a new one takes its place. */
    Client replace(Client client) {
        leave(client);
        return opened(Connections.next(client, "next-" + client.peer()));
    }

    private Client opened(Client client) {
        queue.opened(client);
        return client;
    }

    void leave(Client client) {
        Connections.leave(client);
        queue.closed(client);
    }

    void deliver(Client client, int code, int number) {
        deliver(client, List.of(Numbered.message(client, code, number)));
    }

    void deliver(Client client, int code, int first, int last) {
        deliver(client, Numbered.messages(client, code, first, last));
    }

    void deliver(Client client, List<Message> messages) {
        client.holdRequests(messages.stream().mapToInt(Message::heapBytes).sum());
        queue.deliver(client, messages);
        queue.flush();
    }

    /** Waits for the next answer. */
    Message answer() throws InterruptedException {
        Message answer = answers.poll(Long.getLong("gserver.patience-ms", 8_000), TimeUnit.MILLISECONDS);
        assertThat(answer).withFailMessage("waited in vain for the next answer").isNotNull();
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
