package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import dev.gserver.tools.probe.Server.Crowd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Several clients at once: none may be in the way of the others. */
final class CrowdChecks {
    private static final int MANY = 100; // clients
    private static final int RESETS = 20;
    private static final int SMALL = 4_096; // bytes of receive buffer
    private static final int BLOCK_SIZE = 500; // registers
    private static final byte[] REQUEST = Requests.register("slow reader");
    private static final List<byte[]> REQUESTS = requests();
    private static final byte[] BLOCK = Requests.join(REQUESTS);
    private static final int BLOCKS = 150; // 8 MB: more than the buffers of two sockets hold
    private static final int STALLED_MILLIS = 700; // so long without progress
    private static final int PINGS = 8; // of another client, at intervals
    private static final int INTERVAL_MILLIS = 100;

    private CrowdChecks() {}

    /** With a ping, so that a server of stage 5 does not kick who sends them all the time. */
    private static List<byte[]> requests() {
        List<byte[]> requests = new ArrayList<>(Collections.nCopies(BLOCK_SIZE, REQUEST));
        requests.add(Requests.PING);
        return requests;
    }

    static List<Check> all() {
        return List.of(
                new Check(
                        "backlog",
                        "gsx_open_listening_sockets.5",
                        1,
                        1,
                        "100 clients can connect, though nobody accepts them",
                        server -> {
                            try (Crowd crowd = server.crowd(MANY)) {
                                crowd.clients().get(MANY - 1).expectQuiet("it waits in the backlog");
                            }
                        }),
                Check.from(
                        2,
                        "crowd",
                        "gsx_epoll_process_events.2",
                        "100 clients at once, each is served",
                        CrowdChecks::crowd),
                Check.from(
                        2,
                        "half-packet",
                        "gsx_wait_request_handler.1",
                        "clients that have sent half a packet are in nobody's way",
                        CrowdChecks::halfPacket),
                Check.from(
                        2,
                        "reset",
                        "gsx_epoll_process_events.2-1",
                        "clients that reset before their packet is whole, or before their answers, do no harm",
                        CrowdChecks::reset),
                Check.from(
                        FramingChecks.ANSWERING,
                        "slow-reader",
                        "ServerSendQueueThread.5",
                        "a client that does not read its answers holds up nobody",
                        server -> slowReader(server, true)),
                Check.from(
                        FramingChecks.ANSWERING,
                        "all-sent",
                        "gsx_write_request_handler.2",
                        "when it reads it gets all of them, though it has ended its sending side",
                        server -> slowReader(server, false)));
    }

    /** The last one first: it must not have to wait until the others have left. */
    private static void crowd(Server server) throws Wrong {
        try (Crowd crowd = server.crowd(MANY)) {
            for (int number = 1; number <= MANY; number++) {
                Conversation client = crowd.clients().get(number - 1);
                client.remark("client " + number + " of " + MANY + ", all of which are connected");
                client.send(Requests.login("client " + number));
            }
            for (int number = MANY; number >= 1; number--) {
                Conversation client = crowd.clients().get(number - 1);
                if (server.answers()) {
                    client.expect(List.of(Requests.login("client " + number)), List.of());
                } else {
                    client.send(Requests.ofLength(0));
                    client.expectEnd("it is one of " + MANY + " clients that are served at once");
                }
            }
        }
    }

    private static void halfPacket(Server server) throws Wrong {
        byte[] register = Requests.register("half");
        try (Conversation header = server.connect();
                Conversation body = server.connect();
                Conversation other = server.connect()) {
            header.send(Arrays.copyOf(register, Packet.HEADER / 2));
            body.send(Arrays.copyOf(register, register.length / 2));
            other.remark("two other clients have sent half a header and half a body");
            other.proveServed("others have sent half a packet");
            header.send(Arrays.copyOfRange(register, Packet.HEADER / 2, register.length));
            body.send(Arrays.copyOfRange(register, register.length / 2, register.length));
            for (Conversation client : List.of(header, body)) {
                if (server.answers()) {
                    client.expect(List.of(register), List.of());
                }
                client.proveServed("its packet is whole now");
            }
        }
    }

    private static void reset(Server server) throws Wrong {
        try {
            resetOften(server);
            try (Conversation next = server.connect()) {
                next.remark("a new client, after " + RESETS + " that have sent packets and reset the connection");
                next.proveServed("it has done nothing wrong");
            }
        } catch (Wrong wrong) { // a server that has died of it is gone at once, or a little later
            throw wrong.with("; a send after a reset raises SIGPIPE, which ends a process that does not ignore it");
        }
    }

    private static void resetOften(Server server) throws Wrong {
        for (int i = 0; i < RESETS; i++) {
            Conversation client = server.connect();
            byte[] packets = server.answers() ? BLOCK : REQUEST; // without answers nothing more is to be seen
            client.write(i % 3 == 0 ? Arrays.copyOf(packets, packets.length - 1) : packets);
            if (i % 3 == 2) {
                client.finish(); // then a send after the reset raises SIGPIPE, and not ECONNRESET
            }
            client.reset();
        }
    }

    private static void slowReader(Server server, boolean forOthers) throws Wrong {
        try (Conversation slow = server.connect(SMALL)) {
            AtomicLong written = new AtomicLong();
            Thread writer = new Thread(() -> {
                for (int i = 0; i < BLOCKS && slow.write(BLOCK); i++) {
                    written.incrementAndGet();
                }
                slow.finish();
            });
            writer.setDaemon(true);
            writer.start();
            awaitStall(writer, written);
            if (forOthers) {
                try (Conversation other = server.connect()) {
                    other.remark("another client has sent " + written.get() * BLOCK.length / 1_000
                            + " kB of requests and reads nothing");
                    for (int i = 0; i < PINGS; i++) {
                        other.ask(Requests.PING, Requests.login("other"));
                        other.expectQuiet("it has got its answers", INTERVAL_MILLIS);
                    }
                }
            } else {
                slow.expectMany(REQUESTS.stream().map(Requests::answer).toList(), BLOCKS);
                slow.expectEnd("its client has ended the sending side and has got all");
            }
        }
    }

    /** The server takes no more, as it has nowhere to put the answers; or it has taken all. */
    private static void awaitStall(Thread writer, AtomicLong written) {
        try {
            long before = -1;
            while (writer.isAlive() && written.get() > before) {
                before = written.get();
                writer.join(STALLED_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody interrupts this thread
        }
    }
}
