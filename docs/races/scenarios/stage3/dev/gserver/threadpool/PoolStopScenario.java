package dev.gserver.threadpool;

import dev.gserver.races.Scenario;

/** Two workers wait for work, or are about to; the server stops. */
public final class PoolStopScenario extends Scenario {
    @Override
    public String promise() {
        return "both workers end";
    }

    @Override
    public void run() throws Exception {
        ReceiveQueue queue = new ReceiveQueue(1);
        together(
                thread("stop", queue::close),
                thread("worker-1", () -> Work.serve(queue, message -> {})),
                thread("worker-2", () -> Work.serve(queue, message -> {})));
    }
}
