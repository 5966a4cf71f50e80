package dev.gserver.epoll;

import dev.gserver.races.Scenario;

/** A client holds too much, so the event loop stops reading from it; a worker is done with its messages meanwhile. */
public final class PausedScenario extends Scenario {
    @Override
    public String promise() {
        return "the client is read from again";
    }

    @Override
    public void run() throws Exception {
        ReadingLoop loop = new ReadingLoop();
        loop.client.holdRequests(Client.MOST_REQUEST_BYTES + 64);
        together(
                thread("event-loop", () -> {
                    loop.clients.pauseReading(loop.client);
                    loop.serve();
                }),
                thread("worker-1", () -> {
                    loop.client.releaseRequests(Client.MOST_REQUEST_BYTES);
                    loop.client.releaseRequests(64);
                }));
        loop.close();
    }
}
