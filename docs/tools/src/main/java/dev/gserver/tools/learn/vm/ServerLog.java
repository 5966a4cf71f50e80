package dev.gserver.tools.learn.vm;

import dev.gserver.tools.learn.vm.Wire.Frame;
import dev.gserver.tools.learn.vm.Wire.Thrown;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps the last lines that the server logs, and what threads die of. Any thread; its monitor guards its fields. */
final class ServerLog extends Handler {
    private static final int MOST_LINES = 6;
    private static final int MOST_FRAMES = 200;

    private final Logger logger = Logger.getLogger("dev.gserver");
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Deque<String> lines = new ArrayDeque<>();
    private Thrown thrown;

    /** Takes the log off the console. Nothing is printed, as standard output is for the answers. A test may cut off the root. */
    void install() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        LogManager.getLogManager().reset();
        logger.addHandler(this);
    }

    /** Before each test: a test before it may have changed this. */
    synchronized void listen() {
        logger.setLevel(null);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, cause) -> add("thread " + thread.getName() + " died", cause));
        lines.clear();
        thrown = null;
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
            add(entry.getLevel().getName() + " " + formatter.formatMessage(entry), entry.getThrown());
        }
    }

    private synchronized void add(String line, Throwable cause) {
        if (lines.size() == MOST_LINES) {
            lines.remove();
        }
        lines.add(cause == null ? line : line + ": " + cause);
        thrown = cause == null ? thrown : thrown(cause);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized Thrown thrown() {
        return thrown;
    }

    static Thrown thrown(Throwable cause) {
        List<Frame> frames = new ArrayList<>();
        for (Throwable each = cause; each != null && frames.size() < MOST_FRAMES; each = each.getCause()) {
            for (StackTraceElement element : each.getStackTrace()) {
                frames.add(Frame.of(element));
            }
        }
        return new Thrown(cause.getClass().getName(), String.valueOf(cause.getMessage()), frames);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
