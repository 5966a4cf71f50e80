package dev.gserver;

import dev.gserver.common.ClientWarnings;
import dev.gserver.common.Trace;
import dev.gserver.config.ServerConfig;
import dev.gserver.epoll.EventLoop;
import dev.gserver.handlers.LoginHandler;
import dev.gserver.handlers.PingHandler;
import dev.gserver.handlers.RegisterHandler;
import dev.gserver.listen.ListeningSocket;
import dev.gserver.listen.ListeningSockets;
import dev.gserver.memory.Memory;
import dev.gserver.send.SendQueue;
import dev.gserver.send.SendThread;
import dev.gserver.status.Status;
import dev.gserver.threadpool.MessageDispatcher;
import dev.gserver.threadpool.MessageHandler;
import dev.gserver.threadpool.ReceiveQueue;
import dev.gserver.threadpool.ThreadPool;
import dev.gserver.timer.HeartbeatCheck;
import dev.gserver.timer.TimerMonitor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The server: builds the layers, starts them and stops them in the opposite order.
 *
 * <p>Any thread may use it; its monitor guards its fields.
 */
public final class GServer implements AutoCloseable {
    /** The stage that this program is. */
    public static final String STAGE = "stage5-timer";

    private final ServerConfig config;
    private final ClientWarnings warnings = new ClientWarnings(System::nanoTime);
    private final Deque<Runnable> stopSteps = new ArrayDeque<>(); // last in, first out
    private List<ListeningSocket> sockets = List.of();

    /** A server that opens nothing before {@link #start}. */
    public GServer(ServerConfig config) {
        this.config = config;
    }

    /**
     * Opens the ports and starts the threads.
     *
     * @throws IOException if a port cannot be opened; the message names it, and nothing stays open
     */
    public synchronized void start() throws IOException {
        Trace.step(
                "process.view",
                "gserver " + STAGE,
                "running as process",
                ProcessHandle.current().pid());
        try {
            startLayers();
        } catch (OutOfMemoryError e) {
            close();
            throw new IOException("the configuration asks for more memory than there is: " + e.getMessage(), e);
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Builds and starts the layers, lowest first; each leaves behind how it is stopped. */
    private void startLayers() throws IOException {
        ListeningSockets open =
                ListeningSockets.open(config.listenAddress(), config.listenPorts(), config.listenBacklog());
        stopSteps.push(open::close);
        sockets = open.sockets();

        ReceiveQueue receiveQueue = new ReceiveQueue(config.workerConnections());
        Memory memory = new Memory(config.memoryMaxBytes(), config.sendMaxPendingBytes());
        EventLoop eventLoop = new EventLoop(sockets, config.workerConnections(), receiveQueue, memory, warnings);
        stopSteps.push(eventLoop::close);
        eventLoop.clients().addLayer(receiveQueue);

        TimerMonitor timerMonitor = buildTimer(eventLoop);
        MessageDispatcher dispatcher = dispatcher(timerMonitor.notingPings(new PingHandler()));
        SendQueue sendQueue = startSending(eventLoop);
        ThreadPool threadPool = new ThreadPool(config.workerThreads(), receiveQueue, dispatcher, sendQueue);
        stopSteps.push(threadPool::close);
        threadPool.start();

        eventLoop.start();
        stopSteps.push(() -> eventLoop.clients().drain(config.stopGrace()));

        Status status = new Status(STAGE, sockets, eventLoop.clients(), config.workerConnections());
        status.watch(receiveQueue, threadPool);
        status.watch(memory, sendQueue);
        startTimer(timerMonitor, status);
        status.register();
        stopSteps.addLast(status::unregister); // a stop can be watched to its end
    }

    /** Builds the timer, which hears of clients only if the kick clock is on. */
    private TimerMonitor buildTimer(EventLoop eventLoop) {
        HeartbeatCheck heartbeatCheck = new HeartbeatCheck(config.heartbeatInterval());
        TimerMonitor timerMonitor =
                new TimerMonitor(config.workerConnections(), config.heartbeatInterval(), heartbeatCheck);
        if (config.heartbeatEnabled()) {
            eventLoop.clients().addLayer(timerMonitor);
        }
        return timerMonitor;
    }

    /** Starts the timer last, so that it stops first: a server that stops reads no ping, and would kick for that. */
    private void startTimer(TimerMonitor timerMonitor, Status status) {
        status.watch(timerMonitor);
        timerMonitor.start();
        stopSteps.push(timerMonitor::close);
    }

    private SendQueue startSending(EventLoop eventLoop) {
        SendQueue sendQueue = new SendQueue(eventLoop, config.workerConnections(), config.sendMaxPendingBytes());
        eventLoop.clients().addLayer(sendQueue);
        SendThread sendThread = new SendThread(sendQueue);
        stopSteps.push(sendThread::close);
        sendThread.start();
        return sendQueue;
    }

    private MessageDispatcher dispatcher(MessageHandler pingHandler) {
        MessageDispatcher dispatcher = new MessageDispatcher(warnings);
        dispatcher.register(PingHandler.CODE, PingHandler.BODY_LENGTH, pingHandler);
        dispatcher.register(RegisterHandler.CODE, RegisterHandler.BODY_LENGTH, new RegisterHandler());
        dispatcher.register(LoginHandler.CODE, LoginHandler.BODY_LENGTH, new LoginHandler());
        return dispatcher;
    }

    /** The addresses that clients can connect to, in the order of the configuration; none before the start. */
    public synchronized List<InetSocketAddress> addresses() {
        return sockets.stream().map(ListeningSocket::address).toList();
    }

    /** What is printed when the server is ready. */
    public String startLine() {
        return addresses().stream()
                .map(ListeningSocket::format)
                .collect(Collectors.joining(" ", "gserver " + STAGE + " listening on ", ""));
    }

    /** Stops what was started, last first; once. */
    @Override
    public synchronized void close() {
        while (!stopSteps.isEmpty()) {
            stopSteps.pop().run();
        }
    }
}
