package dev.gserver.tools.watch;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** The servers that run on this machine: programs whose bean says so. */
final class Servers {
    private final Home home;

    Servers(Home home) {
        this.home = home;
    }

    static String noBean(int stage) {
        return "stage " + stage + " has no status bean; expected 3, 4 or 5";
    }

    RunningServer ofProcess(String id) {
        VirtualMachineDescriptor program = VirtualMachine.list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.ofWork("process " + id + " is no Java program of yours"));
        try {
            return RunningServer.connect(program)
                    .orElseThrow(() -> Refusal.ofWork("process " + id + whyNoBean(program)));
        } catch (IOException e) {
            throw Refusal.ofWork("process " + id + " lets nobody in: " + e.getMessage());
        }
    }

    /** The only one of that stage; of several the only one whose program lies where the user is. */
    RunningServer ofStage(Stage stage) {
        List<RunningServer> found = all(server -> server.stage().equals(stage.name()));
        List<RunningServer> own = found.stream()
                .filter(server -> server.program().startsWith(home.from()))
                .toList();
        List<RunningServer> best = own.isEmpty() ? found : own;
        found.stream()
                .filter(server -> best.size() != 1 || server != best.get(0))
                .forEach(RunningServer::close);
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
    private static List<RunningServer> all(Predicate<RunningServer> wanted) {
        List<RunningServer> found = new ArrayList<>();
        for (VirtualMachineDescriptor program : VirtualMachine.list()) {
            boolean isOwn =
                    program.id().equals(String.valueOf(ProcessHandle.current().pid()));
            if (program.displayName().contains("gserver") && !isOwn) {
                try {
                    RunningServer.connect(program).ifPresent(server -> keep(server, wanted, found));
                } catch (IOException e) {
                    continue; // it has ended meanwhile, or is another user's
                }
            }
        }
        return found;
    }

    private static void keep(RunningServer server, Predicate<RunningServer> wanted, List<RunningServer> found) {
        if (wanted.test(server)) {
            found.add(server);
        } else {
            server.close();
        }
    }

    private static String whyNoBean(VirtualMachineDescriptor program) {
        String stage = stageOfJar(program);
        if (stage.matches("stage[12]-.*")) {
            return ": " + noBean(stage.charAt("stage".length()) - '0');
        }
        return " has no " + RunningServer.BEAN + ": it is no gserver, or one that is starting or has stopped";
    }

    /** What the manifest of the program's jar says; "" where there is none. */
    private static String stageOfJar(VirtualMachineDescriptor program) {
        try (JarFile jar = new JarFile(RunningServer.programOf(program).toFile())) {
            Manifest manifest = jar.getManifest();
            String title =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Title");
            return title == null ? "" : title;
        } catch (IOException e) {
            return "";
        }
    }
}
