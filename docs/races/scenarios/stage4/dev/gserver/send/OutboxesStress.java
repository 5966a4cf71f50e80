package dev.gserver.send;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.SceneLoop;
import dev.gserver.races.Looking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the worker sees the outbox of the new client")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the worker never sees the outbox of the new client")
@State
public class OutboxesStress {
    private final Looking looking = new Looking();
    private final SendQueue queue = new SendQueue(null, 1, 1_000);
    private final Client client = SceneLoop.clientAlone();

    @Actor
    public void worker() {
        looking.begins(Thread.currentThread());
        while (queue.outbox(client) == null) {
            // looks again
        }
    }

    @Signal
    public void eventLoop() throws InterruptedException {
        looking.awaitCompiled();
        queue.opened(client);
    }
}
