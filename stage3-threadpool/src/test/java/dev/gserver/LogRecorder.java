package dev.gserver;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Takes the server's log, all levels, off the console and keeps it. Any thread. */
public final class LogRecorder extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.gserver");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public LogRecorder() {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** The texts logged so far at {@code level}. */
    public List<String> texts(Level level) {
        return records.stream()
                .filter(record -> record.getLevel().equals(level))
                .map(new SimpleFormatter()::formatMessage)
                .toList();
    }

    /** The log records so far. */
    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }
}
