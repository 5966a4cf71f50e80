package dev.gserver.epoll;

import dev.gserver.races.Looking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the worker sees that the client has left")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the worker never sees that the client has left")
@State
public class SequenceStress {
    private final Looking looking = new Looking();
    private final Connection place = new Connection(0);
    private final Client client;

    public SequenceStress() {
        place.open(null, "client");
        client = new Client(place, "client");
    }

    @Actor
    public void worker() {
        looking.begins(Thread.currentThread());
        while (!client.hasLeft()) {
            // looks again
        }
    }

    @Signal
    public void eventLoop() throws InterruptedException {
        looking.awaitCompiled();
        place.free();
    }
}
