package dev.gserver.tools.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One tab of a Chromium, told what to do by the DevTools protocol: messages in JSON, each ended by a zero byte. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    // The browser reads messages from descriptor 3 and writes them to 4; no port is opened.
    private static final String WITH_PIPES = "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1";
    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1440,1000",
            "--remote-debugging-pipe");
    private static final Map<String, Integer> KEY_CODES =
            Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32, "ArrowRight", 39, "ArrowDown", 40);

    private final Process process;
    private final List<String> faults = new ArrayList<>();
    private String session;
    private int lastId;

    private Browser(String program, Path profile) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", WITH_PIPES, "browser", program));
        command.addAll(OPTIONS);
        command.add("--user-data-dir=" + profile);
        process = new ProcessBuilder(command).start();
        String target = call("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .getAsString();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .getAsString();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Performance.enable", Map.of("timeDomain", "threadTicks"));
        call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    }

    /** Where there is no browser the tests that need one are left out; not in the build that has to see everything. */
    static Browser start(Path folder) throws IOException {
        Optional<String> program = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .flatMap(path -> NAMES.stream().map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(program).as("a Chromium on the PATH, as CI=true").isPresent();
        }
        assumeTrue(program.isPresent(), "no Chromium on the PATH");
        return new Browser(program.get(), folder.resolve("profile"));
    }

    void open(Path page) throws IOException {
        navigate("about:blank"); // so that the next is a new page and not a jump within one
        navigate(page.toUri().toString());
    }

    private void navigate(String address) throws IOException {
        call("Page.navigate", Map.of("url", address));
        JsonElement method;
        do {
            method = read().get("method");
        } while (method == null || !method.getAsString().equals("Page.loadEventFired"));
    }

    /** Processor time that the page's main thread has used. */
    double cpuMillis() throws IOException {
        for (JsonElement metric : call("Performance.getMetrics", Map.of()).getAsJsonArray("metrics")) {
            if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
                return 1_000 * metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        throw new IOException("the browser does not tell its processor time");
    }

    void theme(String name) throws IOException {
        Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", name);
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** The value of a script's last expression, as text. */
    String ask(String script) throws IOException {
        JsonObject reply = call(
                "Runtime.evaluate",
                Map.of("replMode", true, "awaitPromise", true, "returnByValue", true, "expression", script));
        if (reply.has("exceptionDetails")) {
            throw new IOException("the script failed: " + script + "\n" + reply);
        }
        JsonElement value = reply.getAsJsonObject("result").get("value");
        return value == null ? "" : value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    void click(String element) throws IOException {
        String[] at = ask("{ const e = " + element + "; e.scrollIntoView({ block: 'center' });"
                        + " const b = e.getBoundingClientRect(); (b.left + b.width / 2) + ' ' + (b.top + b.height / 2) }")
                .split(" ");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            Double.valueOf(at[0]),
                            "y",
                            Double.valueOf(at[1]),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** Presses a key; {@code text} is what it would type. */
    void press(String key, String text) throws IOException {
        Map<String, Object> event = new HashMap<>(Map.of("key", key, "windowsVirtualKeyCode", KEY_CODES.get(key)));
        event.put("type", text.isEmpty() ? "rawKeyDown" : "keyDown");
        event.put("text", text);
        call("Input.dispatchKeyEvent", event);
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", KEY_CODES.get(key)));
    }

    /** What scripts of the pages have thrown. */
    List<String> faults() {
        return faults;
    }

    private JsonObject call(String method, Map<String, ?> parameters) throws IOException {
        int id = ++lastId;
        Map<String, Object> message = new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        OutputStream out = process.getOutputStream();
        out.write((new Gson().toJson(message) + "\0").getBytes(StandardCharsets.UTF_8));
        out.flush();
        JsonObject reply = read();
        while (!reply.has("id") || reply.get("id").getAsInt() != id) {
            reply = read();
        }
        if (reply.has("error")) {
            throw new IOException(method + ": " + reply);
        }
        return reply.getAsJsonObject("result");
    }

    private JsonObject read() throws IOException {
        InputStream in = process.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) > 0) {
            bytes.write(next);
        }
        if (next < 0) {
            throw new IOException("the browser has ended");
        }
        JsonObject message =
                JsonParser.parseString(bytes.toString(StandardCharsets.UTF_8)).getAsJsonObject();
        if (message.has("method") && message.get("method").getAsString().equals("Runtime.exceptionThrown")) {
            faults.add(message.toString());
        }
        return message;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
