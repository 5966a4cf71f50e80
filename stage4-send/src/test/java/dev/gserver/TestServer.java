package dev.gserver;

import dev.gserver.config.ServerConfig;
import dev.gserver.status.StatusReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** The whole server in this process, on a free port, with its status. Any thread. */
public final class TestServer implements AutoCloseable {
    private final GServer server;
    private final StatusReader status;

    /** Starts it with {@code settings}: a key, its value, and so on. */
    public TestServer(String... settings) throws Exception {
        Map<String, String> configuration = new HashMap<>(Map.of("listen.ports", "0", "worker.threads", "2"));
        for (int i = 0; i < settings.length; i += 2) {
            configuration.put(settings[i], settings[i + 1]);
        }
        server = new GServer(ServerConfig.load(null, configuration));
        server.start();
        status = new StatusReader(server);
    }

    public InetSocketAddress address() {
        return server.addresses().get(0);
    }

    public TestClient connect() throws IOException {
        return new TestClient(address());
    }

    public StatusReader status() {
        return status;
    }

    @Override
    public void close() {
        server.close();
    }
}
