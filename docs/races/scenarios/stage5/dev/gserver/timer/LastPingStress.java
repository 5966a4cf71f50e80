package dev.gserver.timer;

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
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the timer's thread sees the ping")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the timer's thread never sees the ping")
@State
public class LastPingStress {
    private final Looking looking = new Looking();
    private final TimerEntry entry = new TimerEntry(Places.client(kicked -> {}), 0);

    @Actor
    public void timer() {
        looking.begins(Thread.currentThread());
        while (entry.lastPingNanos() == 0) {
            // looks again
        }
    }

    @Signal
    public void worker() throws InterruptedException {
        looking.awaitCompiled();
        entry.pinged(1);
    }
}
