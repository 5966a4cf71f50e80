package dev.gserver.demo;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Map;

/** Layer 4: answers, sent by one thread; and a client that does not read for a while. */
record SendDemo(DemoServer.Starter starter) implements Scene {
    private static final int REGISTERS_IN_A_WRITE = 500;

    @Override
    public void play(Narrator narrator) throws Exception {
        narrator.showOnly("send.guide", "threadRecvProcFunc.2", "msgSend", "ServerSendQueueThread", "gsx_write");
        narrator.act("""
                The server starts. Look for the thread that will do all the sending.""");
        Map<String, String> settings =
                Map.of("listen.ports", "0", "worker.threads", "2", "send.max-pending-bytes", "100000000");
        try (DemoServer server = starter.start(settings)) {
            InetSocketAddress address = server.addresses().get(0);
            try (DemoClient reader = new DemoClient(address);
                    DemoClient sleeper = new DemoClient(address)) {
                narrator.act("""
                        A client sends a register. Follow its answer: from the worker into the send queue, through the
                        semaphore to the send thread, and out.""");
                exchange(narrator, reader, DemoClient.REGISTER);
                int sent = fill(narrator, sleeper);
                narrator.act("""
                        Meanwhile the first client sends a ping: the full socket of the other does not hold it up.""");
                exchange(narrator, reader, DemoClient.PING);
                wakeUp(narrator, sleeper, sent);
            }
            narrator.act("The server stops: answers go out, then the threads end.");
        }
    }

    private static void exchange(Narrator narrator, DemoClient client, byte[] packet) throws Exception {
        client.send(packet);
        narrator.tell("received: " + client.receive());
        narrator.awaitStep("ServerSendQueueThread.5", 1);
    }

    /** Sends until the answers fill every buffer on the way; returns how many requests that took. */
    private static int fill(Narrator narrator, DemoClient sleeper) throws Exception {
        narrator.act("""
                A second client sends many registers and reads none of its answers. When its socket is full the send
                thread leaves it to a write event. Look for the first 'part sent'.""");
        byte[][] many =
                Collections.nCopies(REGISTERS_IN_A_WRITE, DemoClient.REGISTER).toArray(new byte[0][]);
        narrator.showOnly("ServerSendQueueThread", "gsx_write");
        int sent = 0;
        while (!narrator.hasSeen("ServerSendQueueThread.3")) {
            sleeper.send(many);
            sent += REGISTERS_IN_A_WRITE;
        }
        narrator.tell("sent " + sent + " registers, read nothing");
        return sent;
    }

    private static void wakeUp(Narrator narrator, DemoClient sleeper, int sent) throws Exception {
        narrator.act("""
                Now the second client reads. Write events carry the rest out, and the last one is taken off.""");
        for (int i = 0; i < sent; i++) {
            if (!sleeper.receive().equals("code 5, 108 bytes")) {
                throw new IllegalStateException("answer " + i + " is not that of a register");
            }
        }
        narrator.awaitStep("gsx_write_request_handler.3", 1);
        narrator.tell("received all " + sent + " answers");
    }
}
