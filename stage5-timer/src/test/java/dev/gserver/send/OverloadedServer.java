package dev.gserver.send;

import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import dev.gserver.listen.ListeningSockets;
import dev.gserver.threadpool.MessageDispatcher;
import dev.gserver.threadpool.ReceiveQueue;
import dev.gserver.threadpool.ThreadPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server as a process of its own, whose one handler takes 10 ms and answers with the first 4 bytes of the body. */
final class OverloadedServer {
    static final int CODE = 1;
    static final int BODY_LENGTH = 28_000;
    static final int SOCKET_BUFFER_BYTES = 64 * 1024; // small, so that the system holds little
    private static final int WORKERS = 8;
    private static final int CONNECTIONS = 64;
    private static final int MAX_PENDING = 1_500_000; // the least that the configuration allows

    private OverloadedServer() {}

    /** Prints its port and runs until it is killed. */
    public static void main(String[] args) throws IOException {
        ListeningSockets ports = ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(0), 511);
        ports.sockets().get(0).channel().setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        ClientWarnings warnings = new ClientWarnings(System::nanoTime);
        EventLoop eventLoop = new EventLoop(ports.sockets(), CONNECTIONS, warnings);
        MessageDispatcher dispatcher = new MessageDispatcher(warnings);
        dispatcher.register(CODE, BODY_LENGTH, OverloadedServer::handle);
        ReceiveQueue receiveQueue = new ReceiveQueue(eventLoop, CONNECTIONS);
        eventLoop.deliverTo(receiveQueue);
        eventLoop.addListener(receiveQueue);
        SendQueue sendQueue = new SendQueue(eventLoop, CONNECTIONS, MAX_PENDING, warnings);
        eventLoop.addListener(sendQueue);
        new SendThread(sendQueue).start();
        new ThreadPool(WORKERS, receiveQueue, dispatcher, sendQueue::msgSend).start();
        eventLoop.start();
        System.out.println(ports.sockets().get(0).address().getPort());
    }

    private static Optional<Message> handle(Message request) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        return Optional.of(request.answer(Arrays.copyOf(request.body(), 4)));
    }
}
