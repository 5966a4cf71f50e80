package dev.gserver.status;

import dev.gserver.epoll.Clients;
import dev.gserver.listen.ListeningSocket;
import dev.gserver.threadpool.ReceiveQueue;
import dev.gserver.threadpool.ThreadPool;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The server's JMX bean. It keeps nothing but the layers, and asks them when somebody looks.
 *
 * <p>The thread that starts the server fills it, then registers it; from then on any thread reads it, also while the
 * server stops. Never by way of the server, whose monitor is held during a stop.
 */
public final class Status implements StatusMXBean {
    private static final AtomicInteger LAST_NUMBER = new AtomicInteger();

    private final String stage;
    private final List<ListeningSocket> sockets;
    private final Clients clients;
    private final int poolSize;
    private ReceiveQueue receiveQueue;
    private ThreadPool threadPool;
    private ObjectName name; // set by register

    /** The status of a server of {@code stage} with a pool for {@code poolSize} connections. */
    public Status(String stage, List<ListeningSocket> sockets, Clients clients, int poolSize) {
        this.stage = stage;
        this.sockets = sockets;
        this.clients = clients;
        this.poolSize = poolSize;
    }

    /** Shows it as {@code dev.gserver:type=Status,server=N}; N counts the servers of this JVM. */
    public void register() {
        try {
            name = new ObjectName("dev.gserver:type=Status,server=" + LAST_NUMBER.incrementAndGet());
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, name);
        } catch (JMException e) {
            throw new IllegalStateException("the status cannot be shown by JMX: " + e.getMessage(), e);
        }
    }

    /** Shows it no more; once. */
    public void unregister() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException e) {
            // somebody else has taken it away
        }
    }

    @Override
    public String getStage() {
        return stage;
    }

    @Override
    public List<String> getAddresses() {
        return sockets.stream()
                .map(socket -> ListeningSocket.format(socket.address()))
                .toList();
    }

    @Override
    public int getClients() {
        return clients.count();
    }

    @Override
    public long getClientsAccepted() {
        return clients.accepted();
    }

    @Override
    public int getPoolSize() {
        return poolSize;
    }

    @Override
    public int getIdlePlaces() {
        return poolSize - sockets.size() - clients.count();
    }

    /** Has it ask this layer. */
    public void watch(ReceiveQueue newReceiveQueue, ThreadPool newThreadPool) {
        receiveQueue = newReceiveQueue;
        threadPool = newThreadPool;
    }

    @Override
    public int getMessagesWaiting() {
        return receiveQueue.messagesWaiting();
    }

    @Override
    public long getMessagesHandled() {
        return receiveQueue.messagesHandled();
    }

    @Override
    public int getWorkers() {
        return threadPool.threads();
    }

    @Override
    public int getWorkersBusy() {
        return receiveQueue.workersBusy();
    }
}
