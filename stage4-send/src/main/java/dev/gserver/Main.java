package dev.gserver;

import dev.gserver.common.Trace;
import dev.gserver.config.ConfigException;
import dev.gserver.config.ServerConfig;
import dev.gserver.demo.Demo;
import dev.gserver.demo.DemoServer;
import dev.gserver.process.LostThreads;
import dev.gserver.process.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** The command line: {@code java -jar gserver.jar [FILE.properties]}, or {@code demo} for a guided tour. */
public final class Main {
    static final int OK = 0;
    static final int CANNOT_START = 1;
    static final int BAD_USAGE = 2;

    private static final Duration STOP_MARGIN = Duration.ofSeconds(5); // beside the grace time, for the threads to end
    private static final List<String> WORDS = List.of("demo", "help", "-h", "--help");
    private static final String PREFIX = "gserver.";
    private static final String LOG_LINE = "%1$tF %1$tT.%1$tL %4$-7s %5$s%6$s%n";
    private static final String USAGE = """
            usage: java -jar gserver.jar [FILE.properties]   run the server
                   java -jar gserver.jar demo [LAYER]        watch this stage's layer at work
            Any configuration key can also be given as -Dgserver.KEY=VALUE, before -jar.
            -Dgserver.trace=true prints every step of the notes as it happens.""";

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
                playDemo(args, out);
                return OK;
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

    private static void playDemo(String[] args, PrintStream out) throws Exception {
        Demo demo = new Demo(Main::startForDemo, isTraceWanted());
        String layer = args.length == 1 ? demo.newest() : args[1];
        if (!demo.layers().contains(layer)) {
            throw new ConfigException("demo " + layer + ": expected one of " + String.join(", ", demo.layers()));
        }
        demo.run(layer, out);
    }

    private static DemoServer startForDemo(Map<String, String> settings) throws ConfigException, IOException {
        GServer server = new GServer(ServerConfig.load(null, settings));
        server.start();
        return new DemoServer(server.addresses(), server::close);
    }

    private static void startServer(String file, PrintStream out) throws ConfigException, IOException {
        if (isTraceWanted()) {
            Trace.listen(out::println);
        }
        ServerConfig config = ServerConfig.load(file, overrides());
        GServer server = new GServer(config);
        LostThreads.endProcess(CANNOT_START);
        server.start();
        Signals.onEnd(server::close, config.stopGrace().plus(STOP_MARGIN));
        out.println(server.startLine());
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

    /** One line for each log record, on standard error, the same in every language: levels in English, digits of ASCII. */
    private static void configureLogging() {
        Locale.setDefault(Locale.ROOT);
        if (System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty("java.util.logging.SimpleFormatter.format", LOG_LINE);
        }
    }
}
