package dev.gserver.send;

import dev.gserver.epoll.SceneLoop;
import dev.gserver.races.Scenario;

/** The send thread waits for an answer, or is about to; the server stops. */
public final class SendStopScenario extends Scenario {
    @Override
    public String promise() {
        return "the send thread ends";
    }

    @Override
    public void run() throws Exception {
        SceneLoop loop = new SceneLoop();
        SendQueue queue = new SendQueue(loop, 1, 1_000);
        SendThread sendThread = new SendThread(queue);
        together(thread("stop", queue::close), thread("send", () -> SendScenario.serve(queue, sendThread, () -> {})));
        loop.close();
    }
}
