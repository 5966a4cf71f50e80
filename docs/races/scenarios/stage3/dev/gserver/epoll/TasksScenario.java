package dev.gserver.epoll;

import dev.gserver.races.Scenario;
import java.util.concurrent.Semaphore;

/** Two workers give the event loop a task each; it waits until it is woken. */
public final class TasksScenario extends Scenario {
    private int done; // by the event loop's thread

    @Override
    public String promise() {
        return "the event loop runs both tasks, and does not sleep while one is in the list";
    }

    @Override
    public int schedules() {
        return 1_000;
    }

    @Override
    public void run() throws Exception {
        Semaphore woken = new Semaphore(0); // a wakeup that comes before the wait is remembered, as a Selector does
        LoopTasks tasks = new LoopTasks(woken::release);
        together(
                thread("event-loop", () -> {
                    while (done < 2) {
                        woken.acquireUninterruptibly();
                        tasks.run();
                    }
                }),
                thread("worker-1", () -> tasks.add(() -> done++)),
                thread("worker-2", () -> tasks.add(() -> done++)));
    }
}
