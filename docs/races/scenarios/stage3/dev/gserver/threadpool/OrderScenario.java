package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;

/** Two messages of one client come, one after the other; two workers compete for them. */
public final class OrderScenario extends Scenario {
    private ReceiveQueue queue;
    private volatile boolean inHand;
    private volatile int last;

    @Override
    public String promise() {
        return "the messages are handled one at a time and in order, and then no worker is busy";
    }

    @Override
    public int schedules() {
        return 600;
    }

    @Override
    public void run() throws Exception {
        queue = new ReceiveQueue(1);
        Client client = Places.client(0, due -> {});
        queue.opened(client);
        together(
                thread("event-loop", () -> {
                    Work.arrive(queue, client, 1);
                    queue.flush();
                    Work.arrive(queue, client, 2);
                    queue.flush();
                }),
                thread("worker-1", () -> Work.serve(queue, this::handle)),
                thread("worker-2", () -> Work.serve(queue, this::handle)));
        check(queue.workersBusy() == 0, "workers that are still busy: " + queue.workersBusy());
    }

    private void handle(Message message) {
        check(!inHand, "message " + message.code() + " is begun while another one of the client is in hand");
        inHand = true;
        check(message.code() == last + 1, "message " + message.code() + " is handled after " + last);
        last = message.code();
        inHand = false;
        if (message.code() == 2) {
            queue.close();
        }
    }
}
