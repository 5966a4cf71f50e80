package dev.gserver.tools.learn;

import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.learn.vm.TestVm;
import dev.gserver.tools.learn.vm.Wire;
import dev.gserver.tools.learn.vm.Wire.Answer;
import dev.gserver.tools.learn.vm.Wire.Request;
import dev.gserver.tools.learn.vm.Wire.Result;
import dev.gserver.tools.learn.vm.Wire.Thrown;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A JVM in which a learner's tests run, started ahead. It may hang or die; then the next one takes its place.
 *
 * <p>One thread uses it.
 */
final class Sandbox implements AutoCloseable {
    private static final Answer GONE = new Answer(null, false);
    private static final long START_MILLIS = 60_000; // on a machine with much else to do
    private static final long PATIENCE_MILLIS = 2_000; // that tests wait for what does not come
    private static final long MORE_MILLIS = 3_000; // than a test may take: then the JVM itself stands still

    private Process process; // null: none is running
    private boolean ready; // it has said so
    private BlockingQueue<Answer> answers;

    /** Starts a JVM if none is there, and does not wait for it. */
    void prepare() {
        if (process != null && process.isAlive()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(Child.java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("-Dgserver.patience-ms=" + PATIENCE_MILLIS);
        command.add("-cp");
        command.add(Libraries.all().stream().map(Object::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(TestVm.class.getName());
        try {
            process = Child.plain(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw Refusal.ofWork(command.get(0) + " cannot be started: " + e.getMessage());
        }
        ready = false;
        Process started = process;
        BlockingQueue<Answer> itsAnswers = new LinkedBlockingQueue<>();
        answers = itsAnswers;
        Thread reader = new Thread(() -> read(started, itsAnswers), "answers");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read(Process from, BlockingQueue<Answer> to) {
        try (BufferedReader in = from.inputReader(StandardCharsets.UTF_8)) {
            in.lines().forEach(line -> to.add(Wire.JSON.fromJson(line, Answer.class)));
        } catch (RuntimeException | IOException e) {
            from.destroyForcibly(); // what it writes is no answer, or cannot be read
        }
        to.add(GONE);
    }

    /** Runs the tests, as {@link TestVm} does, and tells each result as soon as it is there. */
    List<Result> run(Request request, Consumer<Result> heard) throws InterruptedException {
        prepare();
        ready = ready || answers.poll(START_MILLIS, TimeUnit.MILLISECONDS) != null;
        send(request);
        List<Result> results = new ArrayList<>();
        Answer answer = next(request);
        for (; answer != null && answer.result() != null; answer = next(request)) {
            results.add(answer.result());
            heard.accept(answer.result());
        }
        boolean ended = answer == null || answer == GONE;
        boolean stoodStill = results.stream().anyMatch(result -> result.standing() != null);
        if (ended && !stoodStill && results.size() < request.tests().size()) { // in the middle of a test
            results.add(lost(results.size(), answer == null));
            heard.accept(results.get(results.size() - 1));
        }
        if (ended || !answer.clean()) {
            close();
        }
        return results;
    }

    /** Null if the JVM does not answer any more. */
    private Answer next(Request request) throws InterruptedException {
        return answers.poll(request.testMillis() + MORE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send(Request request) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((Wire.JSON.toJson(request) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            answers.add(GONE);
        }
    }

    private static Result lost(int number, boolean hangs) {
        String what = hangs ? "the JVM does not answer any more" : "the JVM has ended in the middle of the test";
        Thrown thrown = new Thrown("", what, List.of());
        return new Result(number, false, 0, thrown, null, List.of(), null, List.of(), List.of());
    }

    /** Ends the JVM, whatever it does. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            process = null;
        }
    }
}
