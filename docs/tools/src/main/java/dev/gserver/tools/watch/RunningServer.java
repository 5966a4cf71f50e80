package dev.gserver.tools.watch;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.rmi.server.RMISocketFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A program in another process that has the bean of a server.
 *
 * @param program its jar, or the first folder of its class path
 */
public record RunningServer(String process, Path program, JMXConnector connector, ObjectName bean, String stage)
        implements AutoCloseable {
    private static final String BEAN = "dev.gserver:type=Status";
    private static final int FIRST_WITH_BEAN = 3;

    public static RunningServer ofProcess(String id) {
        VirtualMachineDescriptor program = VirtualMachine.list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.ofWork("'" + id
                        + "': expected stage 3, 4 or 5, or the number of a process that is a Java program of yours"));
        try {
            return connect(program)
                    .orElseThrow(() -> Refusal.ofWork("process " + id + " has no " + BEAN
                            + ": it is no gserver, or one of stage 1 or 2, or one that is starting or has stopped"));
        } catch (IOException e) {
            throw Refusal.ofWork("process " + id + " lets nobody in: " + e.getMessage());
        }
    }

    /** The only one of that stage; of several the only one whose program lies where the user is. */
    public static RunningServer ofStage(Project project, Stage stage) {
        if (stage.number() < FIRST_WITH_BEAN) {
            throw Refusal.ofArguments("stage " + stage.number() + " has no status bean; expected 3, 4 or 5");
        }
        List<RunningServer> found = all().stream()
                .filter(server -> server.stage().equals(stage.name()))
                .toList();
        List<RunningServer> own = found.stream()
                .filter(server -> server.program().startsWith(project.from()))
                .toList();
        List<RunningServer> best = own.isEmpty() ? found : own;
        if (best.isEmpty()) {
            throw Refusal.ofWork(
                    "no " + stage.name() + " is running here; one can be started with: ./course run " + stage.number());
        }
        if (best.size() > 1) {
            String ids = best.stream().map(RunningServer::process).collect(Collectors.joining(", "));
            throw Refusal.ofWork(stage.name() + " is running " + best.size() + " times, as processes " + ids
                    + "; choose one with: ./course watch PROCESS");
        }
        return best.get(0);
    }

    /** To ask a program it is made to open its JMX, so those that have nothing to do with the course are left alone. */
    private static List<RunningServer> all() {
        List<RunningServer> found = new ArrayList<>();
        String self = String.valueOf(ProcessHandle.current().pid());
        for (VirtualMachineDescriptor program : VirtualMachine.list()) {
            if (program.displayName().contains("gserver") && !program.id().equals(self)) {
                try {
                    connect(program).ifPresent(found::add);
                } catch (IOException e) {
                    continue; // it has ended meanwhile, or is another user's
                }
            }
        }
        return found;
    }

    /** Empty if the program has no such bean. */
    private static Optional<RunningServer> connect(VirtualMachineDescriptor program) throws IOException {
        stayOnThisMachine();
        try {
            VirtualMachine machine = VirtualMachine.attach(program);
            try {
                var connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                var server = connector.getMBeanServerConnection();
                for (ObjectName bean : server.queryNames(new ObjectName(BEAN + ",*"), null)) {
                    String stage = String.valueOf(server.getAttribute(bean, "Stage"));
                    return Optional.of(new RunningServer(program.id(), program(machine), connector, bean, stage));
                }
                connector.close();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e.getMessage(), e);
        } catch (JMException e) {
            return Optional.empty(); // the server has stopped meanwhile
        }
        return Optional.empty();
    }

    private static Path program(VirtualMachine machine) throws IOException {
        Properties properties = machine.getSystemProperties();
        String first = properties.getProperty("java.class.path").split(File.pathSeparator)[0];
        return Path.of(properties.getProperty("user.dir")).resolve(first).normalize();
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

    /** All attributes, in one go. Fails when the server has stopped. */
    Map<String, Object> status() throws IOException {
        try {
            var server = connector.getMBeanServerConnection();
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
            return; // the other end has gone
        }
    }
}
