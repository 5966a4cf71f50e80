package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the event loop and the workers do with a receive queue, for the scenarios. */
final class Work {
    private static final byte[] NO_BODY = {};

    private Work() {}

    /** The event loop reads message {@code number} of {@code client}. */
    static void arrive(ReceiveQueue queue, Client client, int number) {
        Message message = new Message(client, number, 0, NO_BODY);
        client.holdRequests(message.heapBytes());
        queue.deliver(client, List.of(message));
    }

    /** A worker: takes, handles and gives back, until the queue is closed. */
    static void serve(ReceiveQueue queue, Consumer<Message> handler) {
        List<Message> batch = new ArrayList<>();
        Mailbox mailbox;
        while ((mailbox = queue.take(batch)) != null) {
            for (Message message : batch) {
                handler.accept(message);
            }
            queue.giveBack(mailbox, batch);
            batch.clear();
        }
    }

    /** A worker that handles one batch. */
    static void serveOnce(ReceiveQueue queue) {
        List<Message> batch = new ArrayList<>();
        queue.giveBack(queue.take(batch), batch);
    }
}
