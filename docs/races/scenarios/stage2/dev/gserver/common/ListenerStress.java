package dev.gserver.common;

import dev.gserver.races.Looking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the thread sees that somebody listens")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the thread never sees that somebody listens")
@State
public class ListenerStress {
    private final Looking looking = new Looking();
    private boolean told;

    public ListenerStress() {
        Trace.listen(null);
    }

    @Actor
    public void stepping() {
        looking.begins(Thread.currentThread());
        while (!told) {
            Trace.step("gsx_event_accept.1", "client", "step");
        }
    }

    @Signal
    public void listening() throws InterruptedException {
        looking.awaitCompiled();
        Trace.listen(step -> told = true); // on the thread that takes the step
    }
}
