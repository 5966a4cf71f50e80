package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Places;
import dev.gserver.races.Looking;
import java.util.ArrayList;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the bean sees that a worker is busy")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the bean never sees that a worker is busy")
@State
public class WorkersBusyStress {
    private final Looking looking = new Looking();
    private final ReceiveQueue queue = new ReceiveQueue(1);

    public WorkersBusyStress() {
        Client client = Places.client(0, due -> {});
        queue.opened(client);
        Work.arrive(queue, client, 1);
        queue.flush();
    }

    @Actor
    public void bean() {
        looking.begins(Thread.currentThread());
        while (queue.workersBusy() == 0) {
            // looks again
        }
    }

    @Signal
    public void worker() throws InterruptedException {
        looking.awaitCompiled();
        queue.take(new ArrayList<>());
    }
}
