package dev.gserver.races;

import java.lang.System.Logger;
import java.util.ResourceBundle;

/** Loggers that write nothing: what a log does would be tried in all its orders too. */
public final class NoLog extends System.LoggerFinder implements Logger {
    @Override
    public Logger getLogger(String name, Module module) {
        return this;
    }

    @Override
    public String getName() {
        return "none";
    }

    @Override
    public boolean isLoggable(Level level) {
        return false;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {}

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {}
}
