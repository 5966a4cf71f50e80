package dev.gserver;

import dev.gserver.listen.ListeningSocket;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The server's JMX bean. It keeps nothing but the layers, and asks them when somebody looks.
 *
 * <p>The thread that starts the server fills it, then registers it; from then on any thread reads it, also while the
 * server stops. Never by way of {@link GServer}, whose monitor is held during a stop.
 */
final class Status implements StatusMXBean {
    private static final AtomicInteger LAST_NUMBER = new AtomicInteger();

    private List<ListeningSocket> sockets;
    private ObjectName name; // null until it is registered

    /** Shows it as {@code dev.gserver:type=Status,server=N}; N counts the servers of this JVM. */
    void register() {
        try {
            ObjectName newName = new ObjectName("dev.gserver:type=Status,server=" + LAST_NUMBER.incrementAndGet());
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, newName);
            name = newName;
        } catch (JMException e) {
            throw new IllegalStateException("the status cannot be shown by JMX: " + e.getMessage(), e);
        }
    }

    /** Shows it no more; nothing happens if the start did not come to {@link #register}. */
    void unregister() {
        if (name == null) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // somebody else has taken it away
        } catch (JMException e) {
            throw new IllegalStateException("the status cannot be taken away: " + name, e);
        }
        name = null;
    }

    void watch(List<ListeningSocket> newSockets) {
        sockets = newSockets;
    }

    @Override
    public String getStage() {
        return GServer.STAGE;
    }

    @Override
    public List<String> getAddresses() {
        return sockets.stream()
                .map(socket -> ListeningSocket.format(socket.address()))
                .toList();
    }
}
