package dev.gserver.epoll;

import dev.gserver.races.Looking;
import java.io.IOException;
import java.util.List;
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
        desc = "the thread that built the loop sees that it is no longer the owner")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "it goes on as if the loop were its own")
@State
public class OwnerStress {
    private final Looking looking = new Looking();
    private EventLoop loop;

    @Actor
    public void main() throws IOException {
        loop = new EventLoop(List.of(), 1, null, null);
        looking.begins(Thread.currentThread());
        while (isOwner()) {
            // goes on
        }
    }

    private boolean isOwner() {
        try {
            loop.assertInLoopThread();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Signal
    public void another() throws InterruptedException {
        looking.awaitCompiled();
        loop.start();
        loop.close();
    }
}
