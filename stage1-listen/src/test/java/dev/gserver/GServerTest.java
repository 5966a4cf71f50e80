package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.common.Trace;
import dev.gserver.config.ServerConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    private static GServer start(String key, String value) throws Exception {
        GServer server = new GServer(ServerConfig.load(null, Map.of(key, value)));
        server.start();
        return server;
    }
}
