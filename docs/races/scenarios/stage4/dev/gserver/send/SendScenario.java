package dev.gserver.send;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.SceneLoop;
import dev.gserver.races.FakeSocket;
import dev.gserver.races.Scenario;

/** An answer waits for the send thread; a worker adds another for the same client. */
public final class SendScenario extends Scenario {
    static final byte[] NO_BODY = {};

    @Override
    public String promise() {
        return "both answers are sent, and no third one has to come for that";
    }

    @Override
    public void run() throws Exception {
        SceneLoop loop = new SceneLoop();
        SendQueue queue = new SendQueue(loop, 1, 1_000);
        SendThread sendThread = new SendThread(queue);
        FakeSocket socket = new FakeSocket();
        Client client = loop.client(socket, due -> {});
        queue.opened(client);
        queue.send(new Message(client, 0, 0, NO_BODY));
        together(
                thread("worker-1", () -> queue.send(new Message(client, 0, 0, NO_BODY))),
                thread(
                        "send",
                        () -> serve(queue, sendThread, () -> {
                            if (socket.written() == 16) {
                                queue.close();
                            }
                        })));
        loop.close();
        check(socket.written() == 16, "bytes sent: " + socket.written());
        check(loop.memory.held() == 0, "bytes of answers that are still on the account: " + loop.memory.held());
    }

    /** What the send thread does, and {@code then} after each client's turn. */
    static void serve(SendQueue queue, SendThread sendThread, Runnable then) {
        Outbox outbox;
        while ((outbox = queue.take()) != null) {
            sendThread.sendTo(outbox);
            then.run();
        }
    }
}
