package dev.gserver.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The load generator's process, and the orders to it. */
final class Clients implements AutoCloseable {
    /** One measurement: what the load generator printed, by name. */
    record Sample(Map<String, Double> values) {
        double get(String name) {
            return values.get(name);
        }
    }

    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader results;

    Clients() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadGenerator.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new PrintWriter(process.outputWriter(), true);
        results = process.inputReader();
    }

    /** Has `load` put on `server` for `warmUp` and then `seconds` seconds. */
    Sample load(Server server, Load load, double warmUp, double seconds) throws IOException {
        String result = obey(String.join(
                " ",
                "load",
                "" + server.port(),
                "" + server.pid(),
                "" + load.connections(),
                "" + load.inFlight(),
                "" + load.code(),
                "" + warmUp,
                "" + seconds));
        Map<String, Double> values = new HashMap<>();
        for (String pair : result.split(" ")) {
            String[] parts = pair.split("=");
            values.put(parts[0], Double.valueOf(parts[1]));
        }
        return new Sample(values);
    }

    /** Opens connections that do nothing, until {@link #release}. */
    void hold(Server server, int connections) throws IOException {
        obey("hold " + server.port() + " " + connections);
    }

    void release() throws IOException {
        obey("release");
    }

    private String obey(String order) throws IOException {
        orders.println(order);
        String result = results.readLine();
        if (result == null) {
            throw new IOException("the load generator ended on '" + order + "': what went wrong is printed above");
        }
        return result;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
