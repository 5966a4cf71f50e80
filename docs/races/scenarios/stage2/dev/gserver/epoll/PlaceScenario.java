package dev.gserver.epoll;

import dev.gserver.races.Scenario;

/** A client leaves, and the next one takes its place; somebody who still has the former client asks whether it has left. */
public final class PlaceScenario extends Scenario {
    private volatile boolean left;

    @Override
    public String promise() {
        return "once the place is given back its client has left, and it stays so whoever takes the place";
    }

    @Override
    public void run() throws Exception {
        Connection place = new Connection(0);
        place.open(null, "former");
        Client former = new Client(place, "former");
        together(
                thread("event-loop", () -> {
                    place.free();
                    left = true;
                    place.open(null, "next");
                }),
                thread("worker-1", () -> {
                    boolean mustHaveLeft = left || former.hasLeft();
                    check(former.hasLeft() || !mustHaveLeft, "a client that has left counts as one that is there");
                }));
    }
}
