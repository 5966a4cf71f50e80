package dev.gserver.faults;

import dev.gserver.common.ClientWarnings;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import dev.gserver.listen.ListeningSockets;
import dev.gserver.memory.Memory;
import dev.gserver.send.SendQueue;
import dev.gserver.send.SendThread;
import dev.gserver.threadpool.AnswerSink;
import dev.gserver.threadpool.MessageDispatcher;
import dev.gserver.threadpool.ReceiveQueue;
import dev.gserver.threadpool.ThreadPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server as a process of its own, whose one handler takes 10 ms and answers with the first 4 bytes of the body. */
final class OverloadedServer {
    static final int CODE = 1;
    static final int BODY_LENGTH = 28_000;
    static final int SOCKET_BUFFER_BYTES = 64 * 1024; // small, so that the system holds little
    private static final int WORKERS = 8;
    private static final int CONNECTIONS = 64;
    private static final int MAX_PENDING = 2_000_000; // the least that the configuration allows

    private OverloadedServer() {}

    /** Prints its port and runs until it is killed. */
    public static void main(String[] args) throws IOException {
        ListeningSockets ports = ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(0), 511);
        ports.sockets().get(0).channel().setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        ClientWarnings warnings = new ClientWarnings(System::nanoTime);
        MessageDispatcher dispatcher = new MessageDispatcher(warnings);
        dispatcher.register(CODE, BODY_LENGTH, OverloadedServer::handle);
        ReceiveQueue receiveQueue = new ReceiveQueue(CONNECTIONS);
        Memory memory = new Memory(Runtime.getRuntime().maxMemory() / 4, MAX_PENDING);
        EventLoop eventLoop = new EventLoop(ports.sockets(), CONNECTIONS, receiveQueue, memory, warnings);
        eventLoop.clients().addLayer(receiveQueue);
        SendQueue sendQueue = new SendQueue(eventLoop, CONNECTIONS, MAX_PENDING);
        eventLoop.clients().addLayer(sendQueue);
        new SendThread(sendQueue).start();
        new ThreadPool(WORKERS, receiveQueue, dispatcher, sendQueue).start();
        eventLoop.start();
        System.out.println(ports.sockets().get(0).address().getPort());
    }

    private static void handle(Message request, AnswerSink answers) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        answers.send(request.answer(Arrays.copyOf(request.body(), 4)));
    }
}
