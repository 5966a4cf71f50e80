package dev.gserver.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.TraceRecorder;
import dev.gserver.common.Trace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListeningSocketsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int BACKLOG = 511;

    @Test
    @DisplayName("listen.ports: several ports are listened on at once, in the order asked for")
    void opensSeveralPorts() throws Exception {
        try (TraceRecorder trace = new TraceRecorder();
                ListeningSockets sockets = ListeningSockets.open(LOOPBACK, List.of(0, 0, 0), BACKLOG)) {
            assertThat(sockets.sockets()).hasSize(3);
            for (ListeningSocket socket : sockets.sockets()) {
                assertThat(socket.address().getPort())
                        .as("the port, where 0 was asked for")
                        .isPositive();
                new Socket(LOOPBACK, socket.address().getPort()).close();
            }
            assertThat(trace.steps("listen.ports"))
                    .extracting(Trace.Step::what)
                    .containsExactly("gserver: number of ports listened on at once: 3");
        }
    }

    @Test
    @DisplayName("gsx_open_listening_sockets.1 gsx_open_listening_sockets.2 gsx_open_listening_sockets.3"
            + " gsx_open_listening_sockets.4 gsx_open_listening_sockets.5 gsx_open_listening_sockets.6:"
            + " six steps a port, in this order")
    void takesSixStepsForEachPort() throws Exception {
        try (TraceRecorder trace = new TraceRecorder();
                ListeningSockets sockets = ListeningSockets.open(LOOPBACK, List.of(0, 0), BACKLOG)) {
            List<String> sixSteps = new ArrayList<>();
            for (int step = 1; step <= 6; step++) {
                sixSteps.add("gsx_open_listening_sockets." + step);
            }
            assertThat(trace.ids("gsx_open"))
                    .startsWith(sixSteps.toArray(String[]::new))
                    .endsWith(sixSteps.toArray(String[]::new))
                    .hasSize(12);
            assertThat(trace.steps("gsx_open_listening_sockets.6").get(1).what())
                    .startsWith(sockets.sockets().get(1).toString());
        }
    }

    @Test
    @DisplayName("gsx_open_listening_sockets.2: SO_REUSEADDR is set")
    void reusesAddresses() throws Exception {
        try (ListeningSockets sockets = ListeningSockets.open(LOOPBACK, List.of(0), BACKLOG)) {
            assertThat(only(sockets).channel().getOption(StandardSocketOptions.SO_REUSEADDR))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("gsx_open_listening_sockets.3: accept returns at once when nobody is waiting")
    void doesNotBlock() throws Exception {
        try (ListeningSockets sockets = ListeningSockets.open(LOOPBACK, List.of(0), BACKLOG)) {
            assertThat(only(sockets).channel().isBlocking()).isFalse();
            assertThat(only(sockets).channel().accept()).isNull();
        }
    }

    @Test
    @DisplayName("gsx_open_listening_sockets.4: bound to the address asked for, and to no other")
    void bindsTheAddress() throws Exception {
        try (ListeningSockets sockets = ListeningSockets.open(LOOPBACK, List.of(0), BACKLOG)) {
            InetSocketAddress address = only(sockets).address();
            assertThat(address.getAddress()).isEqualTo(LOOPBACK);
            assertThat(only(sockets).channel().getLocalAddress()).isEqualTo(address);
        }
    }

    @Test
    @DisplayName("gsx_open_listening_sockets.5: a client gets through to the backlog though nobody accepts")
    void kernelCompletesTheHandshake() throws Exception {
        try (ListeningSockets sockets = ListeningSockets.open(LOOPBACK, List.of(0), BACKLOG);
                Socket client = new Socket(LOOPBACK, only(sockets).address().getPort())) {
            client.getOutputStream().write(new byte[] {1, 2, 3});
            try (SocketChannel accepted = only(sockets).channel().accept()) {
                assertThat(accepted.socket().getPort()).isEqualTo(client.getLocalPort());
                assertThat(accepted.socket().getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName(
            "gsx_open_listening_sockets.5: the backlog is the one asked for; when it is full, clients wait outside")
    void keepsTheBacklogAskedFor() throws Exception {
        List<Socket> inBacklog = new ArrayList<>();
        try (ListeningSockets sockets = ListeningSockets.open(LOOPBACK, List.of(0), 1)) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 10; i++) {
                                    Socket client = new Socket();
                                    inBacklog.add(client);
                                    client.connect(only(sockets).address(), 200);
                                }
                            },
                            "one of ten clients, with a backlog of one")
                    .isInstanceOf(SocketTimeoutException.class);
        } finally {
            for (Socket client : inBacklog) {
                client.close();
            }
        }
    }

    @Test
    @DisplayName("a port that is taken: the error names it, and those opened before it are closed")
    void opensAllPortsOrNone() throws Exception {
        try (TraceRecorder trace = new TraceRecorder();
                ListeningSockets other = ListeningSockets.open(LOOPBACK, List.of(0), BACKLOG)) {
            int taken = only(other).address().getPort();
            assertThatThrownBy(() -> ListeningSockets.open(LOOPBACK, List.of(0, taken, 0), BACKLOG))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + taken + ": ");
            List<Trace.Step> listed = trace.steps("gsx_open_listening_sockets.6");
            assertThat(listed).as("the other's port, and the first of three").hasSize(2);
            String first = listed.get(1).what().replaceAll(".*:(\\d+):.*", "$1");
            assertThatThrownBy(() -> new Socket(LOOPBACK, Integer.parseInt(first)), "a client of the first port")
                    .isInstanceOf(ConnectException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
    @DisplayName(
            "a failure of the program's own at the second port: both are closed, and the failure goes on to the caller")
    void closesAllPortsAfterAFault(Class<? extends Throwable> kind) throws Exception {
        Throwable fault = kind.getConstructor().newInstance();
        List<Integer> ports = new ArrayList<>();
        Trace.listen(step -> {
            if (step.id().equals("gsx_open_listening_sockets.6")) {
                ports.add(Integer.parseInt(step.what().replaceAll(".*:(\\d+):.*", "$1")));
                failIf(ports.size() == 2, fault);
            }
        });
        try {
            assertThatThrownBy(() -> ListeningSockets.open(LOOPBACK, List.of(0, 0, 0), BACKLOG))
                    .isSameAs(fault);
        } finally {
            Trace.listen(null);
        }
        for (int port : ports) {
            assertThatThrownBy(() -> new Socket(LOOPBACK, port)).isInstanceOf(ConnectException.class);
        }
    }

    private static void failIf(boolean wanted, Throwable fault) {
        if (wanted && fault instanceof Error error) {
            throw error;
        } else if (wanted) {
            throw (RuntimeException) fault;
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("a port that failed to open leaves no socket behind")
    void closesTheSocketThatFailed() throws Exception {
        try (ListeningSockets other = ListeningSockets.open(LOOPBACK, List.of(0), BACKLOG)) {
            int taken = only(other).address().getPort();
            long before = openDescriptors();
            for (int i = 0; i < 50; i++) {
                assertThatThrownBy(() -> ListeningSockets.open(LOOPBACK, List.of(taken), BACKLOG))
                        .isInstanceOf(IOException.class);
            }
            assertThat(openDescriptors())
                    .as("open descriptors after 50 failures")
                    .isLessThan(before + 50);
        }
    }

    @Test
    @DisplayName("after close the port can be bound again; closing twice is fine")
    void closesPorts() throws Exception {
        ListeningSockets sockets = ListeningSockets.open(LOOPBACK, List.of(0), BACKLOG);
        int port = only(sockets).address().getPort();
        sockets.close();
        sockets.close();
        ListeningSockets.open(LOOPBACK, List.of(port), BACKLOG).close();
    }

    @Test
    @DisplayName("addresses are written as people write them, IPv6 in brackets")
    void formatsAddresses() throws Exception {
        assertThat(ListeningSocket.format(new InetSocketAddress("127.0.0.1", 9000)))
                .isEqualTo("127.0.0.1:9000");
        assertThat(ListeningSocket.format(new InetSocketAddress("::1", 9000))).isEqualTo("[0:0:0:0:0:0:0:1]:9000");
    }

    private static ListeningSocket only(ListeningSockets sockets) {
        assertThat(sockets.sockets()).hasSize(1);
        return sockets.sockets().get(0);
    }

    private static long openDescriptors() {
        return new java.io.File("/proc/self/fd").list().length;
    }
}
