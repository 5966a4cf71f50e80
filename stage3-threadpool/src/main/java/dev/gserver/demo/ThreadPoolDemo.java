package dev.gserver.demo;

import java.util.Map;

/** Layer 3: messages handed from the event loop to workers, checked, and dispatched by their code. */
record ThreadPoolDemo(DemoServer.Starter starter) implements Scene {
    private static final byte[] LOGIN = DemoClient.packet(6, new byte[96]);

    @Override
    public void play(Narrator narrator) throws Exception {
        narrator.showOnly("gsx_wait_request_handler_proc_plast", "inMsgRecvQueue", "ThreadFunc", "threadRecvProcFunc");
        narrator.act("""
                The server starts with two workers. Look for both of them waiting on the condition.""");
        Map<String, String> settings = Map.of("listen.ports", "0", "worker.threads", "2");
        try (DemoServer server = starter.start(settings)) {
            narrator.awaitStep("ThreadFunc.1", 2);
            try (DemoClient one = new DemoClient(server.addresses().get(0));
                    DemoClient other = new DemoClient(server.addresses().get(0))) {
                narrator.act("""
                        A client sends a ping. Follow it from thread to thread: the event loop puts it into the receive
                        queue and signals, a worker wakes up, looks at the code and calls the handler.""");
                one.send(DemoClient.PING);
                narrator.awaitStep("threadRecvProcFunc.2", 1);
                narrator.act("""
                        Two clients send a register and a login each. Those of one client are handled in order by one
                        worker at a time; those of two clients may be handled side by side.""");
                one.send(DemoClient.REGISTER, LOGIN);
                other.send(DemoClient.REGISTER, LOGIN);
                narrator.awaitStep("threadRecvProcFunc.2", 4);
                sendBadOnes(narrator, one);
            }
            narrator.act("The server stops: the workers leave their wait and end.");
        }
    }

    private static void sendBadOnes(Narrator narrator, DemoClient one) throws Exception {
        narrator.act("""
                Three packets are bad: a wrong CRC, an unknown code, a ping with a body. Each is dropped with a warning
                in the log; the connection stays, and the ping behind them is handled. Look for one handler's call.""");
        byte[] wrongCrc = DemoClient.REGISTER.clone();
        wrongCrc[4] ^= 1;
        one.send(wrongCrc, DemoClient.packet(99, new byte[0]), DemoClient.packet(0, new byte[5]), DemoClient.PING);
        narrator.awaitStep("threadRecvProcFunc.2", 1);
    }
}
