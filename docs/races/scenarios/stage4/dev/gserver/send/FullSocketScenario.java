package dev.gserver.send;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.SceneLoop;
import dev.gserver.races.FakeSocket;
import dev.gserver.races.Scenario;

/** The socket takes part of the first answer only; a worker has a second one. */
public final class FullSocketScenario extends Scenario {
    private SceneLoop loop;
    private SendQueue queue;
    private FakeSocket socket;

    @Override
    public String promise() {
        return "both answers are sent, by one thread at a time, and no third one has to come for that";
    }

    @Override
    public void run() throws Exception {
        loop = new SceneLoop();
        queue = new SendQueue(loop, 1, 1_000);
        SendThread sendThread = new SendThread(queue);
        socket = new FakeSocket(this::endWhenAllIsSent, 4);
        Client client = loop.client(socket, due -> {});
        queue.opened(client);
        queue.send(new Message(client, 0, 0, SendScenario.NO_BODY));
        together(
                thread("event-loop", () -> loop.serve()),
                thread("worker-1", () -> queue.send(new Message(client, 0, 0, SendScenario.NO_BODY))),
                thread("send", () -> SendScenario.serve(queue, sendThread)));
        check(socket.written() == 16, "bytes sent: " + socket.written());
    }

    private void endWhenAllIsSent() {
        if (socket.written() == 16) {
            queue.close();
            loop.end();
        }
    }
}
