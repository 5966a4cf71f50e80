package dev.gserver.demo;

import java.net.InetSocketAddress;
import java.util.Map;

/** Layer 5: a client that pings and one that goes silent. */
record TimerDemo(DemoServer.Starter starter) implements Scene {
    @Override
    public void play(Narrator narrator) throws Exception {
        narrator.showOnly(
                "AddToTimerQueue", "ServerTimerQueue", "GetOverTimeTimer", "procPing", "threadRecvProcFunc.2");
        narrator.act("""
                The server starts, with a heartbeat interval of one second. Look for the timer's thread, which finds its
                queue empty and sleeps.""");
        Map<String, String> settings =
                Map.of("listen.ports", "0", "worker.threads", "2", "heartbeat.interval-ms", "1000");
        try (DemoServer server = starter.start(settings)) {
            narrator.awaitStep("ServerTimerQueueMonitorThread.0", 1);
            narrator.act("""
                    Two clients connect. Look for each of them entering the timer queue.""");
            InetSocketAddress address = server.addresses().get(0);
            try (DemoClient pinging = new DemoClient(address);
                    DemoClient silent = new DemoClient(address)) {
                narrator.awaitStep("AddToTimerQueue.1", 2);
                narrator.tell("ports: " + pinging.port() + " is going to ping, " + silent.port() + " is not");
                watch(narrator, pinging, silent);
            }
            narrator.act("The server stops.");
        }
    }

    private static void watch(Narrator narrator, DemoClient pinging, DemoClient silent) throws Exception {
        narrator.act("""
                The first pings every 500 ms, the second says nothing. After each interval both are due: taken out, put
                back, checked. When 3 intervals have passed without a ping the second is kicked. The first stays.
                Trace lines that look like several before them are left out.""");
        for (int ping = 1; ping <= 7; ping++) {
            pinging.send(DemoClient.PING);
            narrator.tell("ping answered: " + pinging.receive());
            Thread.sleep(500);
        }
        narrator.tell("the silent one received: " + silent.receive());
        narrator.awaitStep("procPingTimeOutChecking.1", 1);
        pinging.send(DemoClient.PING);
        narrator.tell("the pinging one received: " + pinging.receive());
    }
}
