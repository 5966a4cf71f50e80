package dev.gserver.send;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.SceneLoop;
import dev.gserver.races.FakeSocket;
import dev.gserver.races.Scenario;

/**
 * A socket is full, and a write event is asked for. A second answer is in the list, and a worker has a third one. Each
 * thread has one turn, then they go on until nobody has anything to do.
 */
public final class TurnedAwayScenario extends Scenario {
    @Override
    public String promise() {
        return "all three answers are sent, and no fourth one has to come for that";
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
        sendThread.sendTo(queue.take());
        queue.send(new Message(client, 0, 0, SendScenario.NO_BODY));
        together(thread("event-loop", loop::turn)); // which adds the write event
        together(
                thread("event-loop", loop::turn),
                thread("worker-1", () -> queue.send(new Message(client, 0, 0, SendScenario.NO_BODY))),
                thread("send", () -> sendThread.sendTo(queue.take())));
        together(thread("event-loop", () -> {
            while (loop.turn() || queue.clientsToSendTo() > 0) {
                if (queue.clientsToSendTo() > 0) {
                    sendThread.sendTo(queue.take());
                }
            }
        }));
        loop.close();
        check(socket.written() == 24, "bytes sent of three answers of 8: " + socket.written());
    }
}
