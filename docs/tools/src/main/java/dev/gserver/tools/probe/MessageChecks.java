package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import dev.gserver.tools.client.Packet.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What messages get for an answer, and which get none. */
final class MessageChecks {
    private static final String HANDLER = "threadRecvProcFunc.2";
    private static final String QUEUE = "inMsgRecvQueueAndSignal.1";
    private static final int MESSAGES_FROM = 3; // the first stage that looks at messages
    private static final int SOME = 200; // messages
    private static final int[] UNKNOWN = {1, 7, 99, 65_535};

    private MessageChecks() {}

    static List<Check> all() {
        return List.of(
                answered("register", "type and user name as sent, the password zeroed", Requests.register("tom")),
                answered("login", "user name as sent, the password zeroed", Requests.login("tom")),
                answered("full-width", "a name of 56 bytes without a zero, a negative type", Requests.fullRegister()),
                Check.from(
                        FramingChecks.ANSWERING,
                        "order",
                        QUEUE,
                        "200 requests of one client are answered in their order",
                        MessageChecks::order),
                Check.from(
                        MESSAGES_FROM,
                        "bad-crc",
                        "threadRecvProcFunc.1",
                        "a packet with a wrong CRC is dropped, the connection stays",
                        server -> dropped(
                                server,
                                List.of(
                                        Requests.withCrc(Requests.register("tom"), 1),
                                        Requests.withCrc(Requests.login("tom"), 0)))),
                Check.from(
                        MESSAGES_FROM,
                        "unknown-code",
                        HANDLER,
                        "packets of codes that have no handler are dropped, the connection stays",
                        server -> dropped(
                                server,
                                Arrays.stream(UNKNOWN)
                                        .mapToObj(code -> Requests.packet(code, new byte[2]))
                                        .toList())),
                Check.from(
                        MESSAGES_FROM,
                        "wrong-size",
                        HANDLER,
                        "a body of the wrong size for its code is dropped, the connection stays",
                        server -> dropped(server, wrongSizes())));
    }

    private static List<byte[]> wrongSizes() {
        return List.of(
                Requests.packet(Kind.LOGIN.code, new byte[3]),
                Requests.packet(Kind.LOGIN.code, new byte[0]),
                Requests.packet(Kind.REGISTER.code, new byte[Kind.REGISTER.bodyLength + 1]),
                Requests.packet(Kind.PING.code, new byte[4]));
    }

    private static Check answered(String name, String how, byte[] request) {
        String kind = new Packet(request).kind() == Kind.LOGIN ? "a login" : "a register";
        return Check.from(FramingChecks.ANSWERING, name, HANDLER, kind + " is answered: " + how, server -> {
            try (Conversation client = server.connect()) {
                client.ask(request);
            }
        });
    }

    private static void order(Server server) throws Wrong {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < SOME; i++) {
            requests.add(i % 3 == 0 ? Requests.login("user " + i) : Requests.register("user " + i));
        }
        try (Conversation client = server.connect()) {
            client.ask(requests);
        }
    }

    /** Each of them alone, and a good one after it. */
    private static void dropped(Server server, List<byte[]> packets) throws Wrong {
        try (Conversation client = server.connect()) {
            for (byte[] packet : packets) {
                client.send(packet, Requests.PING);
                if (server.answers()) {
                    client.expect(List.of(Requests.PING), List.of(packet));
                }
            }
            client.proveServed("only a packet was wrong; its length was good");
        }
    }
}
