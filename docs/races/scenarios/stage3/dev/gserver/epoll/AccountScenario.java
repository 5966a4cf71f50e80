package dev.gserver.epoll;

import dev.gserver.races.Scenario;

/** The input of a client ends while a worker is done with its last message. */
public final class AccountScenario extends Scenario {
    private volatile int told;

    @Override
    public String promise() {
        return "the event loop is told once that the client may be closed";
    }

    @Override
    public void run() throws Exception {
        Client client = Places.client(0, due -> told++);
        client.holdRequests(64 + 8);
        together(
                thread("event-loop", () -> {
                    client.releaseRequests(8); // of a packet that will never be complete
                    client.endInput();
                }),
                thread("worker-1", () -> client.releaseRequests(64)));
        check(told == 1, "times that the event loop is told: " + told);
    }
}
