package dev.gserver.send;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.SceneLoop;
import dev.gserver.races.FakeSocket;
import dev.gserver.races.Scenario;
import dev.gserver.threadpool.ReceiveQueue;
import dev.gserver.threadpool.Worker;
import java.util.List;

/** A client sends a last request and ends its side; a worker answers, and the send thread sends the answer. */
public final class LastAnswerScenario extends Scenario {
    private volatile int told;
    private volatile boolean early;

    @Override
    public String promise() {
        return "the event loop is told once that the client may be closed, and the answer is sent by then";
    }

    @Override
    public int schedules() {
        return 250; // of the largest scenario
    }

    @Override
    public void run() throws Exception {
        SceneLoop loop = new SceneLoop();
        SendQueue queue = new SendQueue(loop, 1, 1_000);
        SendThread sendThread = new SendThread(queue);
        ReceiveQueue requests = new ReceiveQueue(1);
        FakeSocket socket = new FakeSocket();
        Client client = loop.client(socket, due -> {
            early |= socket.written() < 8;
            told++;
        });
        queue.opened(client);
        requests.opened(client);
        Message request = new Message(client, 0, 0, SendScenario.NO_BODY);
        client.holdRequests(request.heapBytes());
        requests.deliver(client, List.of(request));
        requests.flush();
        together(
                thread("event-loop", () -> loop.endInput(client)),
                thread("worker-1", () -> Worker.answerOnce(requests, queue)),
                thread("send", () -> SendScenario.serve(queue, sendThread, queue::close)));
        loop.close();
        check(!early, "the client may be closed, and its answer is not sent");
        check(told == 1, "times that the event loop is told: " + told);
        check(loop.memory.held() == 0, "bytes that the memory still counts: " + loop.memory.held());
    }
}
