package dev.gserver.epoll;

import dev.gserver.races.Looking;
import java.io.IOException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

@JCStressTest(Mode.Termination)
@Outcome(
        id = "TERMINATED",
        expect = Expect.ACCEPTABLE,
        desc = "the bean sees the number of clients that were let in change")
@Outcome(
        id = "STALE",
        expect = Expect.FORBIDDEN,
        desc = "the bean never sees the number of clients that were let in change")
@State
public class AcceptedStress {
    private final Looking looking = new Looking();
    private final Door door = new Door();

    @Actor
    public void bean() throws IOException, InterruptedException {
        looking.begins(Thread.currentThread());
        Clients clients = door.clients();
        while (clients.accepted() == 0) {
            // looks again
        }
        door.close();
    }

    @Signal
    public void eventLoop() throws InterruptedException {
        looking.awaitCompiled();
        door.letIn();
    }
}
