package dev.gserver.timer;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.Places;
import dev.gserver.races.Looking;
import dev.gserver.threadpool.MessageHandler;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the worker sees the entry of the new client")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the worker never sees the entry of the new client")
@State
public class EntriesStress {
    private final TimerMonitor monitor =
            new TimerMonitor(1, Duration.ofSeconds(1), new HeartbeatCheck(Duration.ofSeconds(1)), this::clock);
    private final MessageHandler handler = monitor.notingPings((ping, answers) -> {});
    private final Client client = Places.client(kicked -> {});
    private final Looking looking = new Looking();
    private Thread worker;
    private boolean noted;

    /** A worker asks for the time when it has an entry to note it in. */
    private long clock() {
        if (Thread.currentThread() == worker) {
            noted = true;
        }
        return 0;
    }

    @Actor
    public void worker() throws Exception {
        worker = Thread.currentThread();
        looking.begins(worker);
        Message ping = new Message(client, 0, 0, new byte[0]);
        while (!noted) {
            handler.handle(ping, null);
        }
    }

    @Signal
    public void eventLoop() throws InterruptedException {
        looking.awaitCompiled();
        monitor.opened(client);
    }
}
