package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.common.Trace;
import dev.gserver.config.ServerConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GServerTest {
    @AutoClose
    private final LogRecorder log = new LogRecorder();

    @Test
    @DisplayName("the start line names the stage and every address")
    void tellsWhereItListens() throws Exception {
        try (GServer server = start("listen.ports", "0,0")) {
            int one = server.addresses().get(0).getPort();
            int other = server.addresses().get(1).getPort();
            assertThat(server.startLine())
                    .isEqualTo("gserver " + GServer.STAGE + " listening on 127.0.0.1:" + one + " 127.0.0.1:" + other);
        }
    }

    @Test
    @DisplayName("process.view: the start says which process the server is")
    void tellsWhichProcessItIs() throws Exception {
        try (TraceRecorder trace = new TraceRecorder();
                GServer server = start("listen.ports", "0")) {
            assertThat(server.addresses()).hasSize(1);
            assertThat(trace.steps("process.view"))
                    .extracting(Trace.Step::what)
                    .containsExactly("gserver " + GServer.STAGE + ": running as process "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    @DisplayName("after close the ports are shut and the threads gone; closing again does nothing")
    void leavesNothingBehind() throws Exception {
        Set<Thread> before = threads();
        GServer server = start("listen.ports", "0");
        InetSocketAddress address = server.addresses().get(0);
        new Socket(address.getAddress(), address.getPort()).close();
        server.close();
        server.close();
        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()), "a client after close")
                .isInstanceOf(ConnectException.class);
        assertThat(threads()).isSubsetOf(before);
    }

    @Test
    @DisplayName("a start that fails leaves nothing behind either")
    void cleansUpAfterFailedStart() throws Exception {
        try (GServer other = start("listen.ports", "0")) {
            Set<Thread> before = threads();
            int taken = other.addresses().get(0).getPort();
            assertThatThrownBy(() -> start("listen.ports", "0," + taken))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(":" + taken);
            assertThat(threads()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("a layer that cannot be built: what was built before it is taken down again")
    void cleansUpWhenALayerFails(boolean error) throws Exception {
        Set<Thread> before = threads();
        List<String> ports = new ArrayList<>();
        Trace.listen(step -> {
            if (step.id().equals("gsx_epoll_init.3-3")) { // the port is registered
                ports.add(step.what().replaceAll(".*:(\\d+)\\): .*", "$1"));
                if (error) {
                    throw new StackOverflowError("on purpose");
                }
                throw new IllegalStateException("on purpose");
            }
        });
        try {
            assertThatThrownBy(() -> start("listen.ports", "0")).hasMessage("on purpose");
        } finally {
            Trace.listen(null);
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", Integer.parseInt(ports.get(0))))
                .isInstanceOf(ConnectException.class);
        assertThat(threads()).isSubsetOf(before);
    }

    @Test
    @DisplayName(
            "a stop begins with the ports, so that nobody gets in any more, and lets the clients inside come to an end")
    void stopsInOrder() throws Exception {
        GServer server = start("listen.ports", "0");
        try (TestClient client = new TestClient(server.addresses().get(0))) {
            client.closeAtEnd();
            server.close();
        }
        assertThat(log.texts(Level.FINE))
                .anyMatch(text -> text.endsWith(": input ended: the server is stopping"))
                .noneMatch(text -> text.endsWith(": closed: the server has stopped"));
    }

    @Test
    @DisplayName("a stop ends the timer first: it reads no ping any more, and nobody is kicked while answers are made")
    void endsTheTimerFirst() throws Exception {
        GServer server = start(Map.of("listen.ports", "0", "stop.grace-ms", "60000"));
        Thread closing = new Thread(server::close);
        try (TestClient client = new TestClient(server.addresses().get(0));
                TraceGate handler = new TraceGate("threadRecvProcFunc.2")) {
            client.send(Packets.ping());
            handler.awaitArrival();
            closing.start();
            Await.until("the timer ends", () -> threads().stream()
                    .noneMatch(thread -> thread.getName().equals("timer")));
            assertThat(closing.isAlive()).as("the stop waits for the answer").isTrue();
            client.closeAtEnd();
            handler.open();
            closing.join();
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    private static GServer start(String key, String value) throws Exception {
        return start(Map.of(key, value));
    }

    private static GServer start(Map<String, String> configuration) throws Exception {
        GServer server = new GServer(ServerConfig.load(null, configuration));
        server.start();
        return server;
    }
}
