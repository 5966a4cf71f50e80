package dev.gserver.tools.transcript;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/** The ports 9000 to 9099 of the pages, and the free ports that stand for them here. */
final class Ports {
    private static final Pattern PORT = Pattern.compile("(?<![\\w.])90\\d\\d(?!\\w|\\.\\d)");
    private static final int LOWEST = 20_000; // below those that systems give to clients
    private static final int COUNT = 10_000;

    private final Random random = new Random();
    private final Map<String, String> real = new HashMap<>();

    String replace(String text) {
        return PORT.matcher(text).replaceAll(port -> real.computeIfAbsent(port.group(), number -> free()));
    }

    String restore(String text) {
        String result = text;
        for (Map.Entry<String, String> entry : real.entrySet()) {
            result = result.replaceAll("(?<!\\d)" + entry.getValue() + "(?!\\d)", entry.getKey());
        }
        return result;
    }

    private String free() {
        while (true) {
            int port = LOWEST + random.nextInt(COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!real.containsValue(Integer.toString(port))) {
                    return Integer.toString(socket.getLocalPort());
                }
            } catch (IOException e) {
                // taken; another one
            }
        }
    }
}
