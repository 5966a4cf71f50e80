package dev.gserver.tools.learn.vm;

import dev.gserver.tools.learn.vm.Wire.Answer;
import dev.gserver.tools.learn.vm.Wire.Frame;
import dev.gserver.tools.learn.vm.Wire.Request;
import dev.gserver.tools.learn.vm.Wire.Result;
import dev.gserver.tools.learn.vm.Wire.Standing;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The program of the JVM in which a learner's code runs. It may hang there, or end the process: whoever started it sees
 * that. Each request gets a class loader of its own; JUnit stays loaded.
 */
public final class TestVm {
    private static final String OF_THE_SERVER = "dev.gserver.";
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final PrintStream answers;
    private final ServerLog log = new ServerLog();
    private final Launcher launcher = LauncherFactory.create();
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "alarms");
        thread.setDaemon(true);
        return thread;
    });

    private TestVm(PrintStream answers) {
        this.answers = answers;
    }

    public static void main(String[] words) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        TestVm vm = new TestVm(out);
        vm.log.install();
        vm.warmUp();
        vm.answer(new Answer(null, true));
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            vm.serve(Wire.JSON.fromJson(line, Request.class));
        }
        System.exit(0); // whoever started this has ended
    }

    /** Loads what every request needs, before there is one. */
    private void warmUp() throws ClassNotFoundException {
        OneTest.run(launcher, new Wire.Test(WarmUp.class.getName(), "passes"));
    }

    private void serve(Request request) throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<URL> urls = new ArrayList<>();
        for (String folder : request.classPath()) {
            urls.add(Path.of(folder).toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), TestVm.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.allMillis());
            boolean goOn = true;
            for (int i = 0; i < request.tests().size() && goOn && System.nanoTime() - end < 0; i++) {
                goOn = run(request, i);
            }
        }
        answer(new Answer(null, leftBehind(before) == 0));
    }

    /** Threads that a test has left behind may disturb the next. */
    private static long leftBehind(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !thread.isDaemon())
                .count();
    }

    /** Runs a test and answers what came of it; returns whether the next may be run. */
    private boolean run(Request request, int number) {
        long start = System.nanoTime();
        log.listen();
        Heard.forget();
        ScheduledFuture<?> alarm =
                alarms.schedule(() -> endThatStandsStill(number, start), request.testMillis(), TimeUnit.MILLISECONDS);
        Throwable thrown;
        try {
            thrown = OneTest.run(launcher, request.tests().get(number));
        } catch (ClassNotFoundException | LinkageError e) {
            thrown = e;
        }
        if (!alarm.cancel(false)) {
            return false;
        }
        answer(new Answer(result(number, start, thrown, null), true));
        boolean wasQuick = System.nanoTime() - start < QUICK_NANOS; // else the verdict would come late
        return thrown == null || wasQuick && !Collections.disjoint(Heard.bodies(), request.missing());
    }

    private Result result(int number, long start, Throwable thrown, List<Standing> standing) {
        return new Result(
                number,
                thrown == null && standing == null,
                (System.nanoTime() - start) / 1e9,
                thrown == null ? null : ServerLog.thrown(thrown),
                standing,
                log.lines(),
                log.thrown(),
                Heard.steps(),
                Heard.bodies());
    }

    private void endThatStandsStill(int number, long start) {
        List<Standing> standing = Thread.getAllStackTraces().entrySet().stream()
                .map(entry -> new Standing(
                        entry.getKey().getName(),
                        List.of(entry.getValue()).stream().map(Frame::of).toList()))
                .filter(each -> each.frames().stream()
                        .anyMatch(frame -> frame.className().startsWith(OF_THE_SERVER)))
                .filter(each -> !each.thread().equals("alarms"))
                .toList();
        answer(new Answer(result(number, start, null, standing), false));
        Runtime.getRuntime().halt(1);
    }

    private synchronized void answer(Answer answer) {
        answers.println(Wire.JSON.toJson(answer));
    }
}
