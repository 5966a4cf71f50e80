package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import dev.gserver.tools.probe.Wrong.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Whether the server lets clients in, and cuts packets out of the stream. */
final class FramingChecks {
    /** If this one finds a server silent that has to answer, no other will find more. */
    static final String PING = "ping";

    /** The same for a server that does not answer yet. */
    static final String LENGTH_7 = "length-7";

    static final int ANSWERING = 4; // the first stage that does

    private static final String LISTEN = "gsx_open_listening_sockets.5";
    private static final String RECEIVE = "gsx_wait_request_handler.1";
    private static final String COMPLETE = "gsx_wait_request_handler.2";
    private static final int BLINK_MILLIS = 2; // long enough for a server to read the first part alone
    private static final int FLOOD = 50; // packets in one write
    private static final int UNKNOWN = 99; // a code
    private static final int MOST_BITS = 65_535;

    private static final List<byte[]> STREAM =
            List.of(Requests.PING, Requests.register("tom"), Requests.login("jerry"), Requests.PING);

    private FramingChecks() {}

    /** Those that a server has to pass before it makes sense to go on. */
    static List<Check> first() {
        return List.of(
                Check.from(1, "connects", LISTEN, "a client can connect", server -> server.connect()
                        .close()),
                Check.from(1, "silent", LISTEN, "a client that sends nothing gets nothing, and stays", server -> {
                    try (Conversation client = server.connect()) {
                        client.expectQuiet("nothing was sent to it");
                    }
                }),
                new Check(PING, "threadRecvProcFunc.2", ANSWERING, Check.LAST, "a ping is answered", server -> {
                    try (Conversation client = server.connect()) {
                        ping(server, client);
                    }
                }),
                badLength(Packet.HEADER - 1));
    }

    private static void ping(Server server, Conversation client) throws Wrong {
        try {
            client.ask(Requests.PING);
        } catch (Wrong wrong) {
            throw wrong.kind() == Kind.SILENT ? Suspects.explain(server, Requests.PING, wrong) : wrong;
        }
    }

    static List<Check> all() {
        return List.of(
                new Check(
                        "no-answer",
                        "gsx_wait_request_handler_proc_plast.1",
                        2,
                        ANSWERING - 1,
                        "a ping and a login get no answer yet, and the client stays",
                        FramingChecks::noAnswer),
                Check.from(2, "pieces", RECEIVE, "packets that come byte by byte are put together", server -> {
                    try (Conversation client = server.connect()) {
                        client.sendInPieces(Requests.join(STREAM));
                        proveWhole(server, client, STREAM);
                    }
                }),
                Check.from(
                        ANSWERING, "every-cut", RECEIVE, "two packets, cut in two at each byte", FramingChecks::cuts),
                Check.from(2, "together", COMPLETE, "50 packets in one write", FramingChecks::together),
                badLength(0),
                badLength(Packet.LONGEST + 1),
                badLength(MOST_BITS),
                Check.from(2, "largest", COMPLETE, "a packet of 29000 bytes is taken", server -> {
                    try (Conversation client = server.connect()) {
                        client.send(Requests.packet(UNKNOWN, new byte[Packet.LONGEST - Packet.HEADER]));
                        client.proveServed("29000 bytes are allowed");
                    }
                }),
                Check.from(
                        2,
                        "half-close",
                        RECEIVE,
                        "a client that ends its sending side gets its answers, then the end",
                        FramingChecks::halfClose));
    }

    private static void noAnswer(Server server) throws Wrong {
        try (Conversation client = server.connect()) {
            client.send(Requests.PING, Requests.login("tom"));
            client.expectQuiet("stage " + server.stage() + " keeps what it receives to itself; answers come from 4 on");
        }
    }

    private static void proveWhole(Server server, Conversation client, List<byte[]> sent) throws Wrong {
        if (server.answers()) {
            client.expect(sent, List.of());
        }
        client.proveServed("all that it got were good packets");
    }

    private static void cuts(Server server) throws Wrong {
        List<byte[]> requests = List.of(Requests.PING, Requests.register("tom"));
        byte[] stream = Requests.join(requests);
        try (Conversation client = server.connect()) {
            for (int cut = 1; cut < stream.length; cut++) {
                client.remark("cut after byte " + cut);
                client.send(Arrays.copyOf(stream, cut));
                if (cut < Requests.PING.length) {
                    client.expectQuiet("a packet is not whole yet", BLINK_MILLIS);
                } else {
                    client.expect(requests.subList(0, 1), List.of());
                }
                client.send(Arrays.copyOfRange(stream, cut, stream.length));
                client.expect(requests.subList(cut < Requests.PING.length ? 0 : 1, 2), List.of());
            }
        }
    }

    /** In the stages without answers the packet at the end, which closes, tells that all before it were taken. */
    private static void together(Server server) throws Wrong {
        try (Conversation client = server.connect()) {
            List<byte[]> requests =
                    Collections.nCopies(FLOOD / 2, List.of(Requests.PING, Requests.register("tom"))).stream()
                            .flatMap(List::stream)
                            .toList();
            client.ask(requests);
            client.proveServed("all that it got were good packets");
        }
        if (!server.answers()) {
            try (Conversation client = server.connect()) {
                client.send(Requests.join(Collections.nCopies(FLOOD, Requests.PING)), Requests.ofLength(0));
                client.expectEnd("a length of 0 cannot be, and came in the same write as good packets");
            }
        }
    }

    /** What came before is answered, what comes after is not, and others are served. */
    private static Check badLength(int length) {
        String says = "a length of " + length + " closes the connection, after what came before is answered";
        return Check.from(2, "length-" + length, RECEIVE, says, server -> {
            try (Conversation client = server.connect()) {
                client.send(Requests.PING, Requests.ofLength(length), Requests.PING);
                if (server.answers()) {
                    client.expect(List.of(Requests.PING), List.of());
                }
                client.expectEnd("a length of " + length + " cannot be; where the next packet begins nobody knows");
            }
            try (Conversation next = server.connect()) {
                next.remark("a new client, after one that has sent a length of " + length);
                next.proveServed("it has done nothing wrong");
            }
        });
    }

    private static void halfClose(Server server) throws Wrong {
        try (Conversation client = server.connect()) {
            client.send(Requests.PING, Requests.register("tom"));
            client.endOutput();
            if (server.answers()) {
                client.expect(List.of(Requests.PING, Requests.register("tom")), List.of());
            }
            client.expectEnd("its client has ended the sending side and has got all");
        }
    }
}
