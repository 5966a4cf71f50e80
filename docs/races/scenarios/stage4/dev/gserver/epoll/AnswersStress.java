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
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the event loop sees that answers wait")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the event loop never sees that answers wait")
@State
public class AnswersStress {
    private final Looking looking = new Looking();
    private final Client client = SceneLoop.clientAlone();

    @Actor
    public void eventLoop() {
        looking.begins(Thread.currentThread());
        while (!client.hasAnswers()) {
            // looks again
        }
    }

    @Signal
    public void worker() throws InterruptedException {
        looking.awaitCompiled();
        client.holdAnswers(8);
    }
}
