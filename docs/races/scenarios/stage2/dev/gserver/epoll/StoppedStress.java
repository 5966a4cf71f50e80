package dev.gserver.epoll;

import dev.gserver.races.Looking;
import dev.gserver.races.Scenario;
import java.io.IOException;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** The loop runs without its Selector: that takes locks, which hide what a missing {@code volatile} does. */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the event loop sees that it is to end")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the event loop never ends")
@State
public class StoppedStress {
    private static final class EmptyLoop extends EventLoop {
        EmptyLoop() throws IOException {
            super(List.of(), 1, null, null);
        }

        @Override
        void processEvents(long timer) {}
    }

    private final Looking looking = new Looking();
    private EventLoop loop;

    @Actor
    public void eventLoop() throws IOException, InterruptedException {
        loop = new EmptyLoop();
        Thread thread = Scenario.held(loop, EventLoop.class, "thread");
        loop.start();
        looking.begins(thread);
        thread.join();
    }

    @Signal
    public void another() throws InterruptedException {
        looking.awaitCompiled();
        loop.close();
    }
}
