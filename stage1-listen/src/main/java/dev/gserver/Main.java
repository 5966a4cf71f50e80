package dev.gserver;

import dev.gserver.demo.Demo;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** The command line: {@code java -jar gserver.jar [FILE.properties]}, or {@code demo} for a guided tour. */
public final class Main {
    static final int OK = 0;
    static final int CANNOT_START = 1;
    static final int BAD_USAGE = 2;

    private static final List<String> WORDS = List.of("demo", "help", "-h", "--help");
    private static final String PREFIX = "gserver.";
    private static final String USAGE = """
            usage: java -jar gserver.jar [FILE.properties]   run the server
                   java -jar gserver.jar demo [LAYER]        watch this stage's layer at work
            Any configuration key can also be given as -Dgserver.KEY=VALUE, before -jar.
            -Dgserver.trace=true prints every step of the notes as it happens.""";

    private static volatile byte[] spareMemory = new byte[2 << 20]; // let go when there is no other, for the last line

    private Main() {}

    /** Runs the server until a signal ends it, or the demo; exits with 1 if it cannot start, 2 on wrong usage. */
    public static void main(String[] args) throws Exception {
        configureLogging();
        int status = run(args, System.out, System.err);
        if (status != OK || !isServer(args)) {
            System.exit(status);
        }
        new CountDownLatch(1).await(); // a signal ends the process
    }

    /** Does what the command line asks, and returns the exit code; OK after a server's start means that it runs. */
    static int run(String[] args, PrintStream out, PrintStream err) throws Exception {
        try {
            if (isServer(args)) {
                startServer(args.length == 0 ? null : args[0], out);
                return OK;
            }
            if (args[0].equals("demo") && args.length <= 2) {
                return demo(args.length == 1 ? Demo.newest() : args[1], out, err);
            }
            boolean asked = WORDS.contains(args[0]) && args.length == 1;
            (asked ? out : err).println(USAGE);
            return asked ? OK : BAD_USAGE;
        } catch (ConfigException e) {
            err.println("gserver: " + e.getMessage());
            return BAD_USAGE;
        } catch (IOException e) {
            err.println("gserver: " + e.getMessage());
            return CANNOT_START;
        }
    }

    private static boolean isServer(String[] args) {
        return args.length == 0 || args.length == 1 && !WORDS.contains(args[0]);
    }

    private static int demo(String layer, PrintStream out, PrintStream err) throws Exception {
        if (!Demo.layers().contains(layer)) {
            err.println("gserver: demo " + layer + ": expected one of " + String.join(", ", Demo.layers()));
            return BAD_USAGE;
        }
        Demo.run(layer, isTraceWanted(), out);
        return OK;
    }

    private static void startServer(String file, PrintStream out) throws ConfigException, IOException {
        if (isTraceWanted()) {
            Trace.printTo(out);
        }
        GServer server = new GServer(ServerConfig.load(file, overrides()));
        openEarly();
        Thread.setDefaultUncaughtExceptionHandler(Main::endAfterLostThread);
        server.start();
        Signals.onEnd(() -> stop(server));
        out.println(server.startLine());
    }

    /** Has the JDK open now what it opens for itself at the first use: by then there may be no descriptor left. */
    private static void openEarly() throws IOException {
        new SimpleFormatter().format(new LogRecord(Level.INFO, "")); // the time zones
        Pipe pipe = Pipe.open(); // what JDK 17 writes to sockets with
        pipe.sink().close();
        pipe.source().close();
    }

    private static boolean isTraceWanted() throws ConfigException {
        String text = System.getProperty(PREFIX + "trace", "false");
        if (!text.equals("true") && !text.equals("false")) {
            throw new ConfigException("-Dgserver.trace = " + text + ": expected true or false");
        }
        return text.equals("true");
    }

    private static Map<String, String> overrides() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX) && !name.equals(PREFIX + "trace"))
                .collect(Collectors.toMap(name -> name.substring(PREFIX.length()), System::getProperty));
    }

    /** A signal asked for the end: that is no error, so the exit code is 0. */
    private static void stop(GServer server) {
        server.close();
        System.out.flush();
        Runtime.getRuntime().halt(OK);
    }

    /** A server that has lost a thread answers some clients and not others; no server is better. */
    private static void endAfterLostThread(Thread thread, Throwable cause) {
        spareMemory = null;
        try {
            System.getLogger(Main.class.getName()).log(System.Logger.Level.ERROR, thread.getName() + " died", cause);
        } finally {
            Runtime.getRuntime().halt(CANNOT_START);
        }
    }

    private static void configureLogging() throws IOException {
        if (System.getProperty("java.util.logging.config.file") == null) {
            try (InputStream settings = Main.class.getResourceAsStream("/logging.properties")) {
                LogManager.getLogManager().readConfiguration(settings);
            }
        }
    }
}
