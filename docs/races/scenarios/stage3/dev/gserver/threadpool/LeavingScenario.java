package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;

/** A client leaves while a worker may have its message; the next one, at the same place, sends one too. */
public final class LeavingScenario extends Scenario {
    @Override
    public String promise() {
        return "the next client's message is handled, and both accounts are at zero";
    }

    @Override
    public void run() throws Exception {
        ReceiveQueue queue = new ReceiveQueue(1);
        Client former = Places.client(0, due -> {});
        queue.opened(former);
        Work.arrive(queue, former, 1);
        queue.flush();
        Client[] next = new Client[1];
        together(
                thread("event-loop", () -> {
                    next[0] = Places.next(former, due -> {});
                    queue.closed(former);
                    queue.opened(next[0]);
                    Work.arrive(queue, next[0], 2);
                    queue.flush();
                }),
                thread(
                        "worker-1",
                        () -> Work.serve(queue, message -> {
                            if (message.code() == 2) {
                                queue.close();
                            }
                        })));
        check(Places.isSettled(former), "the account of the client that has left is not at zero");
        check(Places.isSettled(next[0]), "the account of the next client is not at zero");
        check(queue.messagesWaiting() == 0, "messages that wait: " + queue.messagesWaiting());
    }
}
