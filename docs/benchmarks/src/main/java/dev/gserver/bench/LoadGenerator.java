package dev.gserver.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * The clients, in a process and on a thread of their own. It reads orders from standard input, a line each, and answers
 * each with a line:
 *
 * <pre>
 * load PORT PID CONNECTIONS IN_FLIGHT CODE WARM_UP_SECONDS SECONDS
 * hold PORT CONNECTIONS      opens connections that do nothing
 * release                    closes them
 * </pre>
 *
 * <p>The load is a closed one: each connection has IN_FLIGHT requests on the way and sends one more for each answer. With
 * 0 in flight it sends as fast as the server takes it and expects no answers.
 */
final class LoadGenerator {
    private static final int BURST_BYTES = 64 * 1024;

    private final ByteBuffer in = ByteBuffer.allocateDirect(BURST_BYTES);
    private final List<SocketChannel> held = new ArrayList<>();

    private LoadGenerator() {}

    public static void main(String[] args) throws IOException {
        LoadGenerator generator = new LoadGenerator();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(generator.obey(order.split(" ")));
        }
    }

    private String obey(String[] order) throws IOException {
        switch (order[0]) {
            case "load" -> {
                return load(order);
            }
            case "hold" -> {
                for (int i = 0; i < Integer.parseInt(order[2]); i++) {
                    held.add(connect(Integer.parseInt(order[1])));
                }
            }
            case "release" -> {
                for (SocketChannel channel : held) {
                    channel.close();
                }
                held.clear();
            }
            default -> throw new IllegalArgumentException("order " + order[0] + ": expected load, hold or release");
        }
        return "done";
    }

    private String load(String[] order) throws IOException {
        int port = Integer.parseInt(order[1]);
        long pid = Long.parseLong(order[2]);
        int inFlight = Integer.parseInt(order[4]);
        Stock stock = Stock.of(Integer.parseInt(order[5]));
        try (Selector selector = Selector.open()) {
            Run run = new Run(selector, stock, inFlight);
            for (int i = 0; i < Integer.parseInt(order[3]); i++) {
                run.add(connect(port), i);
            }
            try {
                run.until(System.nanoTime() + seconds(order[6]));
                long cpu = cpuNanos(pid);
                run.reset();
                long start = System.nanoTime();
                run.until(start + seconds(order[7]));
                return run.result(System.nanoTime() - start, cpuNanos(pid) - cpu);
            } finally {
                run.close();
            }
        }
    }

    private static long seconds(String text) {
        return (long) (Double.parseDouble(text) * 1e9);
    }

    private static long cpuNanos(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel;
    }

    /** One connection's place in the endless streams of requests and answers, in bytes. */
    private static final class Client {
        final SocketChannel channel;
        final long[] sentNanos; // when the requests on the way left, by number modulo the number in flight
        long allowed; // up to here may be sent
        long sent;
        long received;

        Client(SocketChannel channel, int inFlight, long start, long allowed) {
            this.channel = channel;
            this.sentNanos = new long[Math.max(1, inFlight)];
            this.sent = start;
            this.received = start;
            this.allowed = allowed;
        }
    }

    /** One measurement. */
    private final class Run {
        private final Selector selector;
        private final Stock stock;
        private final int inFlight;
        private final List<Client> clients = new ArrayList<>();
        private final Histogram latencies = new Histogram(3);
        private long packets; // answered, or sent where no answers are expected

        Run(Selector selector, Stock stock, int inFlight) {
            this.selector = selector;
            this.stock = stock;
            this.inFlight = inFlight;
        }

        void add(SocketChannel channel, int number) throws IOException {
            long start = (long) (number * 37 % Stock.SIZE) * stock.packetLength();
            long allowed = inFlight == 0 ? Long.MAX_VALUE : start + (long) inFlight * stock.packetLength();
            Client client = new Client(channel, inFlight, start, allowed);
            clients.add(client);
            channel.register(selector, SelectionKey.OP_WRITE | SelectionKey.OP_READ, client);
        }

        void reset() {
            latencies.reset();
            packets = 0;
        }

        void until(long end) throws IOException {
            while (System.nanoTime() - end < 0) {
                selector.select(this::handle, 100);
            }
        }

        private void handle(SelectionKey key) {
            Client client = (Client) key.attachment();
            try {
                if (key.isReadable()) {
                    receive(client);
                }
                send(client, key);
            } catch (IOException e) {
                throw new IllegalStateException("a connection broke: " + e.getMessage(), e);
            }
        }

        private void receive(Client client) throws IOException {
            int count = client.channel.read(in.clear());
            if (count < 0) {
                throw new IOException("the server closed it");
            }
            if (inFlight == 0 || !stock.takeAnswers(client.received, in.flip())) {
                throw new IOException("an answer is not what it has to be");
            }
            long first = client.received / stock.packetLength();
            client.received += count;
            long end = client.received / stock.packetLength();
            long now = System.nanoTime();
            for (long number = first; number < end; number++) {
                latencies.recordValue(now - client.sentNanos[(int) (number % inFlight)]);
            }
            packets += end - first;
            client.allowed += (end - first) * stock.packetLength();
        }

        private void send(Client client, SelectionKey key) throws IOException {
            long now = System.nanoTime();
            while (client.sent < client.allowed) {
                int most = (int) Math.min(client.allowed - client.sent, BURST_BYTES);
                ByteBuffer requests = stock.requests(client.sent, most);
                int wanted = requests.remaining();
                int count = client.channel.write(requests);
                noteSent(client, count, now);
                if (count < wanted) {
                    key.interestOpsOr(SelectionKey.OP_WRITE);
                    return;
                }
            }
            if ((key.interestOps() & SelectionKey.OP_WRITE) != 0) {
                key.interestOpsAnd(~SelectionKey.OP_WRITE);
            }
        }

        private void noteSent(Client client, int count, long now) {
            long first = (client.sent + stock.packetLength() - 1) / stock.packetLength();
            client.sent += count;
            if (inFlight == 0) {
                packets += client.sent / stock.packetLength() - (client.sent - count) / stock.packetLength();
                return;
            }
            long end = (client.sent + stock.packetLength() - 1) / stock.packetLength();
            for (long number = first; number < end; number++) {
                client.sentNanos[(int) (number % inFlight)] = now;
            }
        }

        String result(long nanos, long cpuNanos) {
            return String.format(
                    Locale.ROOT,
                    "perSecond=%.1f p50=%.1f p99=%.1f p999=%.1f cpuPerMillion=%.4f packets=%d",
                    packets * 1e9 / nanos,
                    latencies.getValueAtPercentile(50) / 1e3,
                    latencies.getValueAtPercentile(99) / 1e3,
                    latencies.getValueAtPercentile(99.9) / 1e3,
                    cpuNanos / 1e9 / packets * 1e6,
                    packets);
        }

        void close() throws IOException {
            for (Client client : clients) {
                client.channel.close();
            }
        }
    }
}
