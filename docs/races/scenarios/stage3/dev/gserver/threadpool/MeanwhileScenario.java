package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;

/** A message of a client is in the list, and a second one comes; two workers compete for them. */
public final class MeanwhileScenario extends Scenario {
    private ReceiveQueue queue;
    private volatile boolean inHand;
    private volatile int last;

    @Override
    public String promise() {
        return "the messages are handled one at a time and in order";
    }

    @Override
    public void run() throws Exception {
        queue = new ReceiveQueue(1);
        Client client = Places.client(0, due -> {});
        queue.opened(client);
        Work.arrive(queue, client, 1);
        queue.flush();
        together(
                thread("event-loop", () -> {
                    Work.arrive(queue, client, 2);
                    queue.flush();
                }),
                thread("worker-1", () -> Work.serve(queue, this::handle)),
                thread("worker-2", () -> Work.serve(queue, this::handle)));
    }

    private void handle(Message message) {
        if (inHand || message.code() != last + 1) {
            queue.close();
            check(
                    false,
                    "message " + message.code() + " is begun after " + last + (inHand ? ", which is in hand" : ""));
        }
        inHand = true;
        last = message.code();
        inHand = false;
        if (message.code() == 2) {
            queue.close();
        }
    }
}
