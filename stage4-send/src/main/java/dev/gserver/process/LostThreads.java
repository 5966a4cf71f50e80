package dev.gserver.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.Pipe;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** What happens when a thread of the server dies: the process ends, as some clients would be answered and others not. */
public final class LostThreads {
    private static byte[] spareMemory; // let go when there is no other, for the last line

    private LostThreads() {}

    /**
     * Has a thread's death logged, and the process end with {@code status}. What that and the server's work need from the
     * JDK is opened now: at the first use there may be no descriptor left.
     */
    public static void endProcess(int status) throws IOException {
        spareMemory = new byte[2 << 20];
        new SimpleFormatter().format(new LogRecord(java.util.logging.Level.INFO, "")); // the time zones
        Pipe pipe = Pipe.open(); // what JDK 17 writes to sockets with
        pipe.sink().close();
        pipe.source().close();
        byte[] lastLine = ("a thread died: OutOfMemoryError" + System.lineSeparator()).getBytes();
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
            spareMemory = null;
            try {
                System.getLogger(LostThreads.class.getName()).log(Level.ERROR, thread.getName() + " died", cause);
            } catch (OutOfMemoryError e) {
                System.err.writeBytes(lastLine); // others have taken what was spare
            } finally {
                Runtime.getRuntime().halt(status);
            }
        });
    }
}
