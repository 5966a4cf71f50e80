package dev.gserver.bench;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What another JVM holds once its garbage is gone.
 *
 * @param heap bytes on the heap
 * @param direct bytes in direct buffers
 */
record Memory(long heap, long direct) {
    private static final int COLLECTIONS = 4; // finalizers and soft references of the JDK need more than one

    static Memory of(Server server) throws IOException {
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(server)))) {
            MBeanServerConnection connection = connector.getMBeanServerConnection();
            MemoryMXBean memory = ManagementFactory.getPlatformMXBean(connection, MemoryMXBean.class);
            for (int i = 0; i < COLLECTIONS; i++) {
                memory.gc();
            }
            long direct = ManagementFactory.getPlatformMXBeans(connection, BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Memory(memory.getHeapMemoryUsage().getUsed(), direct);
        }
    }

    private static String agent(Server server) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(server.pid()));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (com.sun.tools.attach.AttachNotSupportedException e) {
            throw new IOException("process " + server.pid() + " cannot be looked into", e);
        }
    }
}
