package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Places;
import dev.gserver.races.Looking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the bean sees that a message waits")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the bean never sees that a message waits")
@State
public class MessagesWaitingStress {
    private final Looking looking = new Looking();
    private final ReceiveQueue queue = new ReceiveQueue(1);
    private final Client client;

    public MessagesWaitingStress() {
        client = Places.client(0, due -> {});
        queue.opened(client);
    }

    @Actor
    public void bean() {
        looking.begins(Thread.currentThread());
        while (queue.messagesWaiting() == 0) {
            // looks again
        }
    }

    @Signal
    public void eventLoop() throws InterruptedException {
        looking.awaitCompiled();
        Work.arrive(queue, client, 1);
        queue.flush();
    }
}
