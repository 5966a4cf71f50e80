package dev.gserver.epoll;

import dev.gserver.races.Scenario;

/** The input of a client ends while it is not read from, as at a stop; a worker has two of its batches. */
public final class EndsWhilePausedScenario extends Scenario {
    private volatile boolean handled;

    @Override
    public String promise() {
        return "the client is closed, and its last message is handled by then";
    }

    @Override
    public void run() throws Exception {
        ReadingLoop loop = new ReadingLoop();
        loop.client.holdRequests(Client.MOST_REQUEST_BYTES + 64);
        together(
                thread("event-loop", () -> {
                    loop.clients.pauseReading(loop.client);
                    loop.clients.endInput(loop.client, "the server is stopping");
                    loop.serve();
                    check(handled, "the client is closed, and its last message is not handled");
                }),
                thread("worker-1", () -> {
                    loop.client.releaseRequests(Client.MOST_REQUEST_BYTES);
                    handled = true;
                    loop.client.releaseRequests(64);
                }));
        loop.close();
    }
}
