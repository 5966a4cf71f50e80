package dev.gserver.tools.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a process of Maven prints, line by line. It is ended where it prints nothing for too long. */
final class MavenLog {
    private final Process maven;
    private final Duration mostSilence;
    private final List<String> lines = new ArrayList<>();
    private final BlockingQueue<Optional<String>> printed = new LinkedBlockingQueue<>(); // at the end empty

    MavenLog(Process maven, Duration mostSilence) {
        this.maven = maven;
        this.mostSilence = mostSilence;
    }

    /** Returns at its end, and whether that was its own. */
    boolean follow(Consumer<String> reader) throws InterruptedException {
        Thread end = new Thread(this::end);
        Runtime.getRuntime().addShutdownHook(end); // of this program: a user who stops it stops the tests too
        Thread thread = new Thread(this::read, "maven-log");
        thread.setDaemon(true);
        thread.start();
        Optional<String> line = printed.poll(mostSilence.toMillis(), TimeUnit.MILLISECONDS);
        while (line != null && line.isPresent()) {
            lines.add(line.get());
            reader.accept(line.get());
            line = printed.poll(mostSilence.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (line == null) {
            end();
        }
        Runtime.getRuntime().removeShutdownHook(end);
        return line != null;
    }

    List<String> lines() {
        return lines;
    }

    private void read() {
        Charset encoding = Charset.forName(System.getProperty("native.encoding"));
        try (BufferedReader in = new BufferedReader(new InputStreamReader(maven.getInputStream(), encoding))) {
            in.lines().map(Optional::of).forEach(printed::add);
        } catch (IOException | UncheckedIOException e) {
            // it was ended
        } finally {
            printed.add(Optional.empty());
        }
    }

    private void end() {
        maven.descendants().forEach(ProcessHandle::destroyForcibly);
        maven.destroyForcibly();
    }
}
