package dev.gserver.status;

import dev.gserver.Await;
import dev.gserver.GServer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Reads the status of one server as a tool would: by its name in JMX. Any thread. */
public final class StatusReader {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private final ObjectName name;

    /** The status of {@code server}, which is running; others may be too. */
    public StatusReader(GServer server) throws JMException {
        List<String> addresses = server.addresses().stream()
                .map(address -> "127.0.0.1:" + address.getPort())
                .toList();
        for (ObjectName candidate : names()) {
            if (addresses.equals(Arrays.asList((String[]) BEANS.getAttribute(candidate, "Addresses")))) {
                name = candidate;
                return;
            }
        }
        throw new AssertionError("no status has the addresses " + addresses);
    }

    /** The names of all servers' status. */
    static Set<ObjectName> names() throws JMException {
        return BEANS.queryNames(new ObjectName("dev.gserver:type=Status,*"), null);
    }

    ObjectName name() {
        return name;
    }

    MBeanInfo info() throws JMException {
        return BEANS.getMBeanInfo(name);
    }

    /** The value of {@code attribute} now. */
    public Object get(String attribute) throws JMException {
        return BEANS.getAttribute(name, attribute);
    }

    /** The value of {@code attribute}, a number, now. */
    public long number(String attribute) throws JMException {
        return ((Number) get(attribute)).longValue();
    }

    /** Waits until {@code attribute} is {@code expected}. */
    public void await(String attribute, long expected) throws Exception {
        Await.until(attribute + " to be " + expected, () -> number(attribute) == expected);
    }
}
