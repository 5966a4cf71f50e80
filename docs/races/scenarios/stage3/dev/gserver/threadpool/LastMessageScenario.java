package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;

/** A client sends a last message and ends its side; a worker handles the message. */
public final class LastMessageScenario extends Scenario {
    private volatile boolean handled;
    private volatile int told;

    @Override
    public String promise() {
        return "the event loop is told once that the client may be closed, and the message is handled by then";
    }

    @Override
    public void run() throws Exception {
        ReceiveQueue queue = new ReceiveQueue(1);
        Client client = Places.client(0, due -> {
            check(handled, "the client may be closed, and its message is not handled");
            told++;
        });
        queue.opened(client);
        together(
                thread("event-loop", () -> {
                    Work.arrive(queue, client, 1);
                    queue.flush();
                    Places.endInput(client);
                }),
                thread("worker-1", () -> {
                    Work.serve(queue, message -> {
                        handled = true;
                        queue.close();
                    });
                }));
        check(told == 1, "times that the event loop is told: " + told);
    }
}
