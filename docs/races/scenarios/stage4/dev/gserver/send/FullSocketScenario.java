package dev.gserver.send;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.SceneLoop;
import dev.gserver.races.FakeSocket;
import dev.gserver.races.Scenario;

/** The socket takes part of the first answer only; a worker has a second one. */
public final class FullSocketScenario extends Scenario {
    @Override
    public String promise() {
        return "each byte of both answers is sent once, and no third one has to come for that";
    }

    @Override
    public void run() throws Exception {
        SceneLoop loop = new SceneLoop();
        SendQueue queue = new SendQueue(loop, 1, 1_000);
        SendThread sendThread = new SendThread(queue);
        FakeSocket socket = new FakeSocket(4);
        Client client = loop.client(socket, due -> {});
        queue.opened(client);
        queue.send(new Message(client, 0, 0, SendScenario.NO_BODY));
        Runnable endWhenAllIsSent = () -> {
            if (socket.written() >= 16) {
                queue.close();
                loop.end();
            }
        };
        together(
                thread("event-loop", () -> loop.serve(endWhenAllIsSent)),
                thread("worker-1", () -> queue.send(new Message(client, 0, 0, SendScenario.NO_BODY))),
                thread("send", () -> SendScenario.serve(queue, sendThread, endWhenAllIsSent)));
        loop.close();
        check(socket.written() == 16, "bytes sent of two answers of 8: " + socket.written());
    }
}
