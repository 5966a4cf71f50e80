package dev.gserver.epoll;

import dev.gserver.races.Watch;

/** The event loop asks again and again whether a client holds too much; a worker takes off what it is done with. */
public final class RequestsWatch extends Watch {
    private final Client client = Places.client(0, due -> {});

    public RequestsWatch() {
        client.holdRequests(Client.MOST_REQUEST_BYTES + 1);
    }

    @Override
    public String promise() {
        return "the event loop sees that the client holds less";
    }

    @Override
    public void change() {
        client.releaseRequests(Client.MOST_REQUEST_BYTES + 1);
    }

    @Override
    public boolean isSeen() {
        return !client.holdsTooMuch();
    }
}
