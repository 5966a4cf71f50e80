package dev.gserver;

import dev.gserver.common.ClientWarnings;
import dev.gserver.common.Trace;
import dev.gserver.config.ServerConfig;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.MessageSink;
import dev.gserver.listen.ListeningSocket;
import dev.gserver.listen.ListeningSockets;
import java.io.IOException;
import java.lang.System.Logger.Level;
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
    public static final String STAGE = "stage2-epoll";

    private static final System.Logger LOGGER = System.getLogger(GServer.class.getName());

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

        MessageSink sink = (client, messages) -> messages.forEach(message ->
                LOGGER.log(Level.INFO, "received: packet of {1} bytes, {0}", message, message.packetLength()));
        EventLoop eventLoop = new EventLoop(sockets, config.workerConnections(), sink, warnings);
        stopSteps.push(eventLoop::close);
        eventLoop.start();
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
