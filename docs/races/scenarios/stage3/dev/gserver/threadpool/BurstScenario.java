package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;

/** One wait of the loop brings messages of two clients; each of two workers takes one. */
public final class BurstScenario extends Scenario {
    @Override
    public String promise() {
        return "both workers get work, as there is work for two, and none is busy after that";
    }

    @Override
    public void run() throws Exception {
        ReceiveQueue queue = new ReceiveQueue(2);
        Client first = Places.client(0, due -> {});
        Client second = Places.client(1, due -> {});
        queue.opened(first);
        queue.opened(second);
        together(
                thread("event-loop", () -> {
                    Work.arrive(queue, first, 1);
                    Work.arrive(queue, second, 1);
                    queue.flush();
                }),
                thread("worker-1", () -> Work.serveOnce(queue)),
                thread("worker-2", () -> Work.serveOnce(queue)));
        check(queue.workersBusy() == 0, "workers that are still busy: " + queue.workersBusy());
    }
}
