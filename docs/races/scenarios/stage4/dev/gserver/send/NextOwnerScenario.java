package dev.gserver.send;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.SceneLoop;
import dev.gserver.races.FakeSocket;
import dev.gserver.races.Scenario;

/**
 * A client leaves while one answer for it is in the send list and a worker has another; the place has a new client at
 * once.
 */
public final class NextOwnerScenario extends Scenario {
    @Override
    public String promise() {
        return "the next client gets nothing that is not its own, and nothing stays on the account of who has left";
    }

    @Override
    public void run() throws Exception {
        SceneLoop loop = new SceneLoop();
        SendQueue queue = new SendQueue(loop, 1, 1_000);
        SendThread sendThread = new SendThread(queue);
        FakeSocket socket = new FakeSocket();
        Client former = loop.client(new FakeSocket(), due -> {});
        queue.opened(former);
        queue.send(new Message(former, 0, 0, SendScenario.NO_BODY));
        together(
                thread("event-loop", () -> {
                    Client next = loop.next(former, socket);
                    queue.closed(former);
                    queue.opened(next);
                }),
                thread("worker-1", () -> queue.send(new Message(former, 0, 0, SendScenario.NO_BODY))),
                thread("send", () -> sendThread.sendTo(queue.take())));
        while (queue.clientsToSendTo() > 0) {
            sendThread.sendTo(queue.take());
        }
        loop.close();
        check(socket.written() == 0, "bytes that the next client gets: " + socket.written());
        check(loop.memory.held() == 0, "bytes that stay on the account: " + loop.memory.held());
    }
}
