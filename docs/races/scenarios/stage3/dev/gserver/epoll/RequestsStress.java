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
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the event loop sees that the client holds less")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the event loop never sees that the client holds less")
@State
public class RequestsStress {
    private final Looking looking = new Looking();
    private final Client client = Places.client(0, due -> {});

    public RequestsStress() {
        client.holdRequests(Client.MOST_REQUEST_BYTES + 1);
    }

    @Actor
    public void eventLoop() {
        looking.begins(Thread.currentThread());
        while (client.holdsTooMuch()) {
            // looks again
        }
    }

    @Signal
    public void worker() throws InterruptedException {
        looking.awaitCompiled();
        client.releaseRequests(Client.MOST_REQUEST_BYTES + 1);
    }
}
