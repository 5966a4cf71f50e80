package dev.gserver.timer;

import dev.gserver.epoll.Places;
import dev.gserver.races.Looking;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the bean sees that a client was kicked")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the bean never sees that a client was kicked")
@State
public class KicksStress {
    private final Looking looking = new Looking();
    private final HeartbeatCheck heartbeatCheck = new HeartbeatCheck(Duration.ofNanos(10));
    private final TimerEntry entry = new TimerEntry(Places.client(kicked -> {}), 0);

    @Actor
    public void bean() {
        looking.begins(Thread.currentThread());
        while (heartbeatCheck.kicks() == 0) {
            // looks again
        }
    }

    @Signal
    public void timer() throws InterruptedException {
        looking.awaitCompiled();
        heartbeatCheck.check(entry, 100);
    }
}
