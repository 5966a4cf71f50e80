package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.JavaProcess;
import dev.gserver.Main;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.common.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A signal ends the whole program, a process of its own, while clients send as fast as they can. For more packets before
 * the signal: {@code -Dtest=StopBySignalTest -Dgserver.stress=100}.
 */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class StopBySignalTest {
    private static final int CLIENTS = 4;
    private static final int BATCH = 20;
    private static final int PACKETS = 2_000 * Integer.getInteger("gserver.stress", 1);

    /** The server, which also says when it has received so many packets, and in the end how many it has received. */
    static final class CountingServer {
        private CountingServer() {}

        public static void main(String[] args) throws Exception {
            int many = Integer.parseInt(args[0]);
            AtomicInteger received = new AtomicInteger();
            Trace.listen(step -> {
                if (step.id().equals("gsx_wait_request_handler.2") && received.incrementAndGet() == many) {
                    System.out.println("under load");
                }
            });
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(received)));
            Main.main(new String[0]);
        }
    }

    private final List<FutureTask<Integer>> clients = new ArrayList<>();
    private Process server;
    private BufferedReader output;

    @AfterEach
    void end() throws IOException {
        if (server != null) {
            server.destroyForcibly();
            output.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    @DisplayName("all that was received is answered, in order, then each client sees an orderly end; exit code 0")
    void answersAllThatWasReceived(String signal) throws Exception {
        InetSocketAddress address = start(30_000);
        for (int i = 0; i < CLIENTS; i++) {
            TestClient client = letIn(address);
            startClient(() -> countAnswers(client));
        }
        long start = signalUnderLoad(signal);
        int answered = 0;
        for (FutureTask<Integer> client : clients) {
            answered += client.get();
        }
        assertThat(output.lines())
                .as("how many it has received, and no complaint")
                .containsExactly("" + answered);
        assertThat(server.waitFor()).isZero();
        assertThat(secondsSince(start)).as("the grace time is not needed").isLessThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    @DisplayName("clients that send and do not read: the end comes after the grace time all the same, exit code 0")
    void endsDespiteClientsThatDoNotRead(String signal) throws Exception {
        InetSocketAddress address = start(100);
        for (int i = 0; i < CLIENTS; i++) {
            TestClient client = letIn(address);
            startClient(() -> sendUntilClosed(client));
        }
        long start = signalUnderLoad(signal);
        assertThat(server.waitFor()).isZero();
        assertThat(secondsSince(start)).isLessThan(20);
        for (FutureTask<Integer> client : clients) {
            client.get(); // its connection has been closed
        }
        assertThat(output.lines())
                .as("how many it has received, and no complaint")
                .hasSize(1);
    }

    /** A client that is no longer in front of the port, which a stop closes: the server has answered its first packet. */
    private static TestClient letIn(InetSocketAddress address) throws IOException {
        TestClient client = new TestClient(address);
        client.send(Packets.register(0, "user", "secret"));
        assertThat(client.receive()).isEqualTo(Packets.register(0, "user", ""));
        return client;
    }

    /** Sends and reads until the server ends; returns how many answers came, the first one included. */
    private static int countAnswers(TestClient client) throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        try (client) {
            FutureTask<Void> sending = new FutureTask<>(() -> {
                for (int i = 1; !ended.get(); i += BATCH) {
                    client.send(batch(i));
                }
                return null;
            });
            new Thread(sending).start();
            int count = 1;
            for (byte[] answer; (answer = client.receiveUnlessEnded()) != null; count++) {
                assertThat(answer).isEqualTo(Packets.register(count, "user", ""));
            }
            ended.set(true);
            sending.get(); // no reset: until this client ends its side, the server reads what it sends
            client.endOutput();
            return count;
        }
    }

    /** Sends until the server closes the connection; returns the number of the packet that it was at. */
    private static int sendUntilClosed(TestClient client) throws IOException {
        try (client) {
            for (int i = 1; ; i += BATCH) {
                try {
                    client.send(batch(i));
                } catch (IOException e) {
                    return i;
                }
            }
        }
    }

    /** Packets for one write, so that it is the server which has to keep up. */
    private static byte[][] batch(int first) {
        return IntStream.range(first, first + BATCH)
                .mapToObj(number -> Packets.register(number, "user", "secret"))
                .toArray(byte[][]::new);
    }

    private void startClient(Callable<Integer> task) {
        FutureTask<Integer> client = new FutureTask<>(task);
        clients.add(client);
        new Thread(client).start();
    }

    private InetSocketAddress start(int graceMillis) throws Exception {
        server = JavaProcess.start(
                "-Dgserver.listen.ports=0",
                "-Dgserver.send.max-pending-bytes=2000000", // so that not too much is left to be answered
                "-Dgserver.stop.grace-ms=" + graceMillis,
                CountingServer.class.getName(),
                Integer.toString(PACKETS));
        output = server.inputReader();
        String line = output.readLine();
        assertThat(line).startsWith("gserver " + GServer.STAGE + " listening on 127.0.0.1:");
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
    }

    /** Sends the signal when the server has received many packets, and returns when that was. */
    private long signalUnderLoad(String signal) throws Exception {
        assertThat(output.readLine()).isEqualTo("under load");
        long start = System.nanoTime();
        JavaProcess.signal(server.pid(), signal);
        return start;
    }

    private static long secondsSince(long start) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }
}
