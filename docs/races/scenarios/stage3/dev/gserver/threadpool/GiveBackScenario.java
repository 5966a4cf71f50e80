package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;

/** Two messages of one client come, one after the other; one worker is there for both. */
public final class GiveBackScenario extends Scenario {
    @Override
    public String promise() {
        return "the worker handles both messages, and no third one has to come for that";
    }

    @Override
    public void run() throws Exception {
        ReceiveQueue queue = new ReceiveQueue(1);
        Client client = Places.client(0, due -> {});
        queue.opened(client);
        together(
                thread("event-loop", () -> {
                    Work.arrive(queue, client, 1);
                    queue.flush();
                    Work.arrive(queue, client, 2);
                    queue.flush();
                }),
                thread(
                        "worker-1",
                        () -> Work.serve(queue, message -> {
                            if (message.code() == 2) {
                                queue.close();
                            }
                        })));
    }
}
