package dev.gserver.epoll;

import dev.gserver.races.Scenario;
import java.util.List;

/** The event loop waits for events, or is about to; the server stops. */
public final class LoopStopScenario extends Scenario {
    @Override
    public String promise() {
        return "the event loop's thread ends";
    }

    @Override
    public void run() throws Exception {
        EventLoop eventLoop = new EventLoop(List.of(), 1, null, null);
        Thread thread = held(eventLoop, EventLoop.class, "thread");
        together(thread("stop", eventLoop::close), thread);
    }
}
