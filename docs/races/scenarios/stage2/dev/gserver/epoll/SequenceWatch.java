package dev.gserver.epoll;

import dev.gserver.races.Watch;

/** A worker asks again and again whether a client has left. */
public final class SequenceWatch extends Watch {
    private final Connection place = new Connection(0);
    private final Client client;

    public SequenceWatch() {
        place.open(null, "client");
        client = new Client(place, "client");
    }

    @Override
    public String promise() {
        return "a worker sees that the client has left";
    }

    @Override
    public void change() {
        place.free();
    }

    @Override
    public boolean isSeen() {
        return client.hasLeft();
    }
}
