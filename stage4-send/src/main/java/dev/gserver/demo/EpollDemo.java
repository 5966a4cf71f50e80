package dev.gserver.demo;

import java.util.Arrays;
import java.util.Map;

/** Layer 2: events, and packets put together however the network cut them. */
record EpollDemo(DemoServer.Starter starter) implements Scene {
    @Override
    public void play(Narrator narrator) throws Exception {
        narrator.act("""
                The server starts on two ports. Look for the Selector, the pool, and one connection for each port.""");
        try (DemoServer server = starter.start(Map.of("listen.ports", "0,0"))) {
            narrator.showOnly("gsx_");
            narrator.act("""
                    A client connects. Look for the read event of the port, and for what its handler does in four steps.""");
            try (DemoClient client = new DemoClient(server.addresses().get(0))) {
                narrator.awaitStep("gsx_event_accept.4", 1);
                sendPackets(narrator, client);
            }
            try (DemoClient client = new DemoClient(server.addresses().get(1))) {
                narrator.act("""
                        A client of the other port claims a packet of 7 bytes, less than a header. Where the next packet
                        begins nobody knows, so the server closes the connection, with a warning in the log.""");
                client.send(new byte[] {0, 7, 0, 0, 0, 0, 0, 0});
                narrator.tell("received: " + client.receive());
            }
            narrator.act("The server stops.");
        }
    }

    private static void sendPackets(Narrator narrator, DemoClient client) throws Exception {
        narrator.act("""
                One packet of 108 bytes in three fragments: 3 bytes of the header, up to the middle of the body, the rest.
                Look for three receives and one complete packet.""");
        int[] cuts = {0, 3, 60, DemoClient.REGISTER.length};
        for (int i = 1; i < cuts.length; i++) {
            client.send(Arrays.copyOfRange(DemoClient.REGISTER, cuts[i - 1], cuts[i]));
            narrator.tell("sent bytes " + cuts[i - 1] + " to " + (cuts[i] - 1));
            narrator.awaitStep("gsx_wait_request_handler.1", i);
        }
        narrator.awaitStep("gsx_wait_request_handler_proc_plast.1", 1);

        narrator.act("""
                Two packets in one write. Look for one receive and two complete packets, handed on together.""");
        client.send(DemoClient.PING, DemoClient.REGISTER);
        narrator.awaitStep("gsx_wait_request_handler_proc_plast.1", 1);
    }
}
