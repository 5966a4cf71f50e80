package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.JavaProcess;
import dev.gserver.Main;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A server process with little memory, clients that make it hold as much as they can, and a well-behaved client beside
 * them. For more clients, and for longer: {@code -Dtest=MemoryFaultsTest -Dgserver.stress=100}.
 */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class MemoryFaultsTest {
    private static final int STRESS = Integer.getInteger("gserver.stress", 1);
    private static final String HEAP = "-Xmx64m";
    private static final int PLACES = 2_040; // of 2,048
    private static final int GREEDY = Math.min(20 * STRESS, PLACES);
    private static final long PUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(900L * Math.min(STRESS, 100));
    private static final long MOST_HELD = (16 << 20) + 500_000; // a quarter of the heap, and answers on their way
    private static final int BURST_BYTES = 64 * 1024;
    private static final byte[] REGISTERS = Packets.join(
            Collections.nCopies(500, Packets.register(1, "user", "")).toArray(byte[][]::new));
    private static final byte[] ANNOUNCED = Packets.packet(29_000, 5, 0, new byte[1]);

    /** The server, which tells what it holds for each line that it is sent. */
    static final class AskedServer {
        private AskedServer() {}

        public static void main(String[] args) throws Exception {
            Thread teller = new Thread(() -> {
                Scanner lines = new Scanner(System.in);
                while (lines.hasNextLine()) {
                    lines.nextLine();
                    System.out.println(status());
                }
            });
            teller.setDaemon(true);
            teller.start();
            Main.main(new String[0]);
        }

        private static String status() {
            try {
                MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
                ObjectName name = beans.queryNames(new ObjectName("dev.gserver:*"), null)
                        .iterator()
                        .next();
                return "status: " + beans.getAttribute(name, "Clients") + " " + beans.getAttribute(name, "MemoryBytes");
            } catch (Exception e) {
                return "status: " + e;
            }
        }
    }

    private final List<SocketChannel> greedy = new ArrayList<>();
    private Selector selector;
    private Process server;
    private BufferedReader output;
    private InetSocketAddress address;
    private volatile boolean ended;
    private volatile int answered;
    private FutureTask<Integer> wellBehaved;

    private void start(String heap) throws Exception {
        server = JavaProcess.start(heap, "-Dgserver.listen.ports=0", AskedServer.class.getName());
        output = server.inputReader();
        String line = readTo(" listening on ");
        address = new InetSocketAddress("127.0.0.1", Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
        selector = Selector.open();
        wellBehaved = new FutureTask<>(this::askAndRead);
        new Thread(wellBehaved).start();
    }

    @AfterEach
    void end() throws IOException {
        ended = true;
        server.destroyForcibly();
        closeGreedy();
        output.close();
    }

    private String readTo(String text) throws IOException {
        String line = output.readLine();
        while (line != null && !line.contains(text)) {
            line = output.readLine();
        }
        assertThat(line).as("the server is alive").isNotNull();
        return line;
    }

    /** One register in flight, numbered; returns how many were answered: all, in order. */
    private int askAndRead() throws IOException {
        try (TestClient client = new TestClient(address)) {
            for (int count = 0; !ended; count++) {
                byte[] packet = Packets.register(count, "user", "");
                assertThat(client.send(packet).receive()).isEqualTo(packet);
                answered = count + 1;
            }
            return answered;
        }
    }

    /** How many clients the server has, and how many bytes they make it hold. */
    private long[] status() throws IOException {
        assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
        server.getOutputStream().write('\n');
        server.getOutputStream().flush();
        String line = readTo("status: ");
        return Arrays.stream(line.substring(line.indexOf(": ") + 2).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /** Now that all greedy clients have done what they could, the server holds no more than it may, and serves others. */
    private void assertIsBounded() throws Exception {
        int answers = answered;
        while (answered < answers + 100) {
            assertThat(wellBehaved.isDone())
                    .as("the well-behaved client has failed")
                    .isFalse();
            assertThat(status()[1]).isLessThan(MOST_HELD);
        }
    }

    /** The well-behaved client has lost nothing; when all have left the server holds nothing. */
    private void assertAllIsGivenBack() throws Exception {
        ended = true;
        assertThat(wellBehaved.get()).isPositive();
        closeGreedy();
        long[] status = status();
        while (status[0] > 0 || status[1] != 0) {
            status = status();
        }
    }

    private void closeGreedy() throws IOException {
        for (SocketChannel channel : greedy) {
            channel.close();
        }
        greedy.clear();
        selector.close(); // which frees the descriptors of those registered with it
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        greedy.add(channel);
        return channel;
    }

    private void connectToPush(int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            SocketChannel channel = connect();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE, ByteBuffer.wrap(REGISTERS));
        }
    }

    /** All push as fast as they can and never read, until the time is over; then every other one ends its side. */
    private void push() throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PUSH_NANOS) {
            selector.select(key -> write(key), 100);
        }
        for (int i = 0; i < greedy.size(); i += 2) {
            if (greedy.get(i).isOpen()) {
                greedy.get(i).shutdownOutput();
            }
        }
    }

    private static void write(SelectionKey key) {
        ByteBuffer bytes = (ByteBuffer) key.attachment();
        try {
            ((SocketChannel) key.channel()).write(bytes);
        } catch (IOException e) {
            key.cancel(); // the server has closed it
        }
        if (!bytes.hasRemaining()) {
            bytes.clear();
        }
    }

    private void announce(int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            connect().write(ByteBuffer.wrap(ANNOUNCED));
        }
    }

    @Test
    @DisplayName("pool full of clients that announce 29,000 bytes and send two: the server lives, others are answered")
    void survivesAnnouncements() throws Exception {
        start(HEAP);
        announce(PLACES);
        while (status()[0] <= PLACES) {
            assertThat(server.isAlive()).isTrue();
        }
        for (SocketChannel channel : greedy) { // from the second read on a body takes its whole length
            channel.write(ByteBuffer.wrap(new byte[1]));
        }
        assertIsBounded();
        assertAllIsGivenBack();
    }

    @Test
    @DisplayName("clients that have sent 64 KiB of pings, read all answers and stay: what was busy once costs nothing")
    void survivesBursts() throws Exception {
        start(STRESS == 1 ? "-Xmx12m" : HEAP); // so that few are enough
        int clients = Math.min(150 * STRESS, PLACES);
        for (int i = 0; i < clients; i++) {
            SocketChannel channel = connect();
            ByteBuffer pings = ByteBuffer.allocate(BURST_BYTES);
            for (int at = 1; at < BURST_BYTES; at += 8) {
                pings.put(at, (byte) 8);
            }
            while (pings.hasRemaining()) {
                channel.write(pings);
            }
            ByteBuffer answers = ByteBuffer.allocate(BURST_BYTES);
            while (answers.hasRemaining()) {
                assertThat(channel.read(answers)).as("client %d", i).isPositive();
            }
            assertThat(answers.flip()).isEqualTo(pings.flip());
        }
        assertAllIsGivenBack();
    }

    @Test
    @DisplayName(
            "clients that push and never read, some of them half-closed, and some that announce much: the server lives, others"
                    + " are answered, in the end nothing is held")
    void survivesAMixture() throws Exception {
        start(HEAP);
        announce(GREEDY);
        connectToPush(GREEDY);
        push();
        announce(GREEDY);
        assertIsBounded();
        assertAllIsGivenBack();
    }
}
