import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Shows what a running server is doing, once a second: {@code ./course watch N|PID [--once]}. Reads its JMX bean, as
 * JConsole would. {@code --in-place} draws each table over the one before.
 */
public final class Watch {
    private static final String BEAN = "dev.gserver:type=Status";
    private static final String USAGE = "usage: java docs/tools/Watch.java STAGE|PID [--once] [--in-place]";
    private static final String CLEAR = "\033[H\033[2J";
    private static final long PERIOD_MILLIS = 1_000;

    /** The stages before the receive queue brings the bean, as a folder's name or in a path to a jar. */
    private static final Pattern WITHOUT_BEAN = Pattern.compile("(?:.*[/\\\\])?stage([12])-[a-z]+(?:[/\\\\].*)?");

    /** The attributes of each layer, in the order in which they are shown. */
    private static final Map<String, List<String>> LAYERS = new LinkedHashMap<>();

    static {
        LAYERS.put("listen", List.of("Stage", "Addresses"));
        LAYERS.put("epoll", List.of("Clients", "ClientsAccepted", "PoolSize", "IdlePlaces"));
        LAYERS.put("threadpool", List.of("MessagesWaiting", "MessagesHandled", "Workers", "WorkersBusy"));
        LAYERS.put("memory", List.of("MemoryBytes", "MemoryMaxBytes"));
        LAYERS.put("send", List.of("ClientsToSendTo", "BytesPending", "ClientsAwaitingWriteEvent"));
        LAYERS.put("timer", List.of("TimerEntries", "Kicks", "MillisToNextCheck"));
    }

    /** What somebody at the command line has to know, in one line. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    private final MBeanServerConnection server;
    private final ObjectName bean;
    private Map<String, Object> before = Map.of();

    private Watch(MBeanServerConnection server, ObjectName bean) {
        this.server = server;
        this.bean = bean;
    }

    /** Exit code 1: there is no such server, or more than one; 2: wrong usage. */
    public static void main(String[] args) throws Exception {
        List<String> options = new ArrayList<>(Arrays.asList(args));
        boolean once = options.remove("--once");
        boolean inPlace = options.remove("--in-place");
        if (options.size() != 1 || options.get(0).startsWith("-")) {
            System.err.println(
                    "course: watch '" + String.join(" ", args) + "': expected a stage or a process id\n" + USAGE);
            System.exit(2);
        }
        if (WITHOUT_BEAN.matcher(options.get(0)).matches()) {
            System.err.println("course: watch: " + noBean(options.get(0)));
            System.exit(2);
        }
        try {
            watch(find(options.get(0)), once, inPlace);
        } catch (Refusal e) {
            System.err.println("course: watch: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Why a server cannot be watched whose stage or program is called {@code name}. */
    private static String noBean(String name) {
        return WITHOUT_BEAN.matcher(name).replaceFirst("stage $1 has no status bean; expected 3, 4 or 5");
    }

    /** The program with that process id, or the only one that runs that stage's jar: this repository's, if any does. */
    private static VirtualMachineDescriptor find(String wanted) throws Refusal {
        boolean isId = wanted.matches("[0-9]+");
        Pattern jar =
                Pattern.compile("(.*[/\\\\])?" + Pattern.quote(wanted) + "[/\\\\](.*[/\\\\])?gserver\\.jar( .*)?");
        List<VirtualMachineDescriptor> found = preferOwn(VirtualMachine.list().stream()
                .filter(program -> isId
                        ? program.id().equals(wanted)
                        : jar.matcher(program.displayName()).matches())
                .toList());
        if (found.isEmpty()) {
            throw new Refusal(
                    isId
                            ? "process " + wanted + " is no Java program of yours"
                            : "no " + wanted + " is running here; one can be started with: ./course run " + wanted);
        }
        if (found.size() > 1) {
            String ids = found.stream().map(VirtualMachineDescriptor::id).collect(Collectors.joining(", "));
            throw new Refusal(wanted + " is running " + found.size() + " times, as processes " + ids
                    + "; choose one with: ./course watch PROCESS");
        }
        return found.get(0);
    }

    /** Of several programs those that run a jar below the current folder; all of them if none does. */
    private static List<VirtualMachineDescriptor> preferOwn(List<VirtualMachineDescriptor> programs) {
        if (programs.size() < 2) {
            return programs;
        }
        List<VirtualMachineDescriptor> own =
                programs.stream().filter(Watch::isOwn).toList();
        return own.isEmpty() ? programs : own;
    }

    private static boolean isOwn(VirtualMachineDescriptor program) {
        try {
            VirtualMachine machine = VirtualMachine.attach(program);
            try {
                String jar = program.displayName().replaceFirst("(gserver\\.jar) .*", "$1");
                Path folder = Path.of(machine.getSystemProperties().getProperty("user.dir"));
                return folder.resolve(jar).toRealPath().startsWith(Path.of("").toRealPath());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            return false; // another user's, or it has ended meanwhile
        }
    }

    private static void watch(VirtualMachineDescriptor program, boolean once, boolean inPlace) throws Exception {
        try (JMXConnector connector = attach(program)) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            ObjectName bean = server.queryNames(new ObjectName(BEAN + ",*"), null).stream()
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> noBean(program));
            Watch watch = new Watch(server, bean);
            watch.print(program.id(), inPlace);
            while (!once) {
                Thread.sleep(PERIOD_MILLIS);
                watch.print(program.id(), inPlace);
            }
        } catch (IOException | InstanceNotFoundException e) {
            System.out.println("process " + program.id() + " has stopped");
        }
    }

    private static Refusal noBean(VirtualMachineDescriptor program) {
        if (WITHOUT_BEAN.matcher(program.displayName()).matches()) {
            return new Refusal("process " + program.id() + ": " + noBean(program.displayName()));
        }
        return new Refusal("process " + program.id() + " has no " + BEAN
                + ": it is no gserver, or one that is starting or has stopped");
    }

    /** Has the program open its JMX to this machine, if it has not yet. */
    private static JMXConnector attach(VirtualMachineDescriptor program) throws IOException, Refusal {
        try {
            VirtualMachine machine = VirtualMachine.attach(program);
            try {
                return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw new Refusal("process " + program.id() + " lets nobody in: " + e.getMessage());
        }
    }

    private void print(String process, boolean inPlace) throws IOException, JMException {
        Map<String, Object> now = read();
        StringBuilder table = new StringBuilder(inPlace ? CLEAR : before.isEmpty() ? "" : "\n");
        table.append(String.format("%-12s%-27s%s%n", "layer", "process " + process, "value"));
        LAYERS.forEach((layer, attributes) -> appendLayer(table, layer, attributes, now));
        List<String> others = now.keySet().stream()
                .filter(name -> LAYERS.values().stream().noneMatch(known -> known.contains(name)))
                .toList();
        appendLayer(table, "other", others, now);
        System.out.print(table);
        System.out.flush();
        before = now;
    }

    /** All attributes, in one go. */
    private Map<String, Object> read() throws IOException, JMException {
        String[] names = Arrays.stream(server.getMBeanInfo(bean).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
        return server.getAttributes(bean, names).asList().stream()
                .collect(Collectors.toMap(
                        Attribute::getName, Attribute::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    private void appendLayer(StringBuilder table, String layer, List<String> attributes, Map<String, Object> now) {
        String heading = layer;
        for (String name : attributes) {
            if (now.containsKey(name)) {
                String line = String.format("%-12s%-27s%s", heading, name, text(name, now.get(name)));
                table.append(line.stripTrailing()).append(System.lineSeparator());
                heading = "";
            }
        }
    }

    /** The value, and how it has changed since the last look. */
    private String text(String name, Object value) {
        if (value instanceof String[] several) {
            return String.join(" ", several);
        }
        if (value instanceof Number now && before.get(name) instanceof Number last) {
            long change = now.longValue() - last.longValue();
            return change == 0 ? value.toString() : String.format("%-12s%+d", value, change);
        }
        return String.valueOf(value);
    }
}
