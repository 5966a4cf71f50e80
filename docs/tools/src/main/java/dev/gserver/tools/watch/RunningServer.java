package dev.gserver.tools.watch;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.rmi.server.RMISocketFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A server in another process, and its bean. */
final class RunningServer implements AutoCloseable {
    static final String BEAN = "dev.gserver:type=Status";

    private final String process;
    private final Path program;
    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private final ObjectName bean;
    private final String stage;

    private RunningServer(String process, Path program, JMXConnector connector, ObjectName bean)
            throws IOException, JMException {
        this.process = process;
        this.program = program;
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
        this.bean = bean;
        this.stage = String.valueOf(server.getAttribute(bean, "Stage"));
    }

    /** Empty if the program has no such bean. */
    static Optional<RunningServer> connect(VirtualMachineDescriptor program) throws IOException {
        stayOnThisMachine();
        JMXConnector connector = null;
        try {
            VirtualMachine machine = VirtualMachine.attach(program);
            try {
                connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                Optional<ObjectName> bean =
                        connector.getMBeanServerConnection().queryNames(new ObjectName(BEAN + ",*"), null).stream()
                                .sorted()
                                .findFirst();
                if (bean.isPresent()) {
                    return Optional.of(new RunningServer(program.id(), program(machine), connector, bean.get()));
                }
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e.getMessage(), e);
        } catch (JMException e) {
            // the server has stopped meanwhile
        }
        connector.close();
        return Optional.empty();
    }

    /** Another JVM names itself by the machine's name, which may lead elsewhere, or nowhere; it is here. */
    private static void stayOnThisMachine() throws IOException {
        if (RMISocketFactory.getSocketFactory() == null) {
            RMISocketFactory.setSocketFactory(new RMISocketFactory() {
                @Override
                public Socket createSocket(String host, int port) throws IOException {
                    return new Socket(InetAddress.getLoopbackAddress(), port);
                }

                @Override
                public ServerSocket createServerSocket(int port) throws IOException {
                    return new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
                }
            });
        }
    }

    static Path programOf(VirtualMachineDescriptor program) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(program);
            try {
                return program(machine);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Its jar, or the first folder of its class path. */
    private static Path program(VirtualMachine machine) throws IOException {
        Properties properties = machine.getSystemProperties();
        String first = properties.getProperty("java.class.path").split(File.pathSeparator)[0];
        return Path.of(properties.getProperty("user.dir")).resolve(first).normalize();
    }

    String process() {
        return process;
    }

    Path program() {
        return program;
    }

    String stage() {
        return stage;
    }

    /** All attributes, in one go. Fails when the server has stopped. */
    Map<String, Object> status() throws IOException {
        try {
            String[] names = Arrays.stream(server.getMBeanInfo(bean).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            return server.getAttributes(bean, names).asList().stream()
                    .collect(Collectors.toMap(
                            Attribute::getName, Attribute::getValue, (one, other) -> one, LinkedHashMap::new));
        } catch (JMException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // the other end has gone
        }
    }
}
