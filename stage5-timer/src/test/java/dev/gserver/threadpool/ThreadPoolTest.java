package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.TraceRecorder;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Client;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThreadPoolTest {
    private static final int PLAIN = 1;
    private static final int GATE = 2;

    @Test
    @DisplayName("ThreadFunc.1 ThreadFunc.2: all threads wait; the woken one takes the message and processes it")
    void wokenThreadProcesses() throws Exception {
        try (TraceRecorder trace = new TraceRecorder();
                TestPool pool = new TestPool(3).handling(PLAIN, TestPool.ECHO).start()) {
            trace.await("ThreadFunc.1", 3);
            assertThat(threadsOf(trace.steps("ThreadFunc.1")))
                    .containsExactlyInAnyOrder("worker-1", "worker-2", "worker-3");
            pool.deliver(pool.connect(0), PLAIN, 7);
            pool.answer();
            assertThat(trace.ids(""))
                    .containsSubsequence(
                            "inMsgRecvQueueAndSignal.2",
                            "ThreadFunc.2",
                            "threadRecvProcFunc.1",
                            "threadRecvProcFunc.2");
            assertThat(trace.steps("ThreadFunc.2")).singleElement().satisfies(step -> assertThat(step.what())
                    .contains("client-0"));
            assertThat(threadsOf(trace.steps("threadRecvProcFunc.1")))
                    .isEqualTo(threadsOf(trace.steps("ThreadFunc.2")));
        }
    }

    @Test
    @DisplayName("a handler that blocks holds up its own client only, while a thread is free; each message comes once")
    void blockedClientHoldsUpNoOther() throws Exception {
        try (Gate gate = new Gate();
                TestPool pool = new TestPool(2)
                        .handling(GATE, gate)
                        .handling(PLAIN, TestPool.ECHO)
                        .start()) {
            Client blocked = pool.connect(0);
            pool.deliver(blocked, GATE, 1);
            gate.awaitEntered(1);
            pool.deliver(blocked, PLAIN, 2);
            pool.deliver(pool.connect(1), PLAIN, 3);
            assertThat(pool.answers(1)).containsExactly(3);
            gate.open();
            assertThat(pool.answers(2)).containsExactly(1, 2);
            pool.deliver(blocked, PLAIN, 4);
            assertThat(pool.answers(1)).as("each message is handled once").containsExactly(4);
        }
    }

    @Test
    @DisplayName("its threads do not keep the process alive, even if the one that made them does")
    void daemons() throws Exception {
        List<Thread> workers = new CopyOnWriteArrayList<>();
        MessageHandler handler = (request, answers) -> {
            workers.add(Thread.currentThread());
            answers.send(request);
        };
        try (TestPool pool = CompletableFuture.supplyAsync(() -> new TestPool(1), ThreadPoolTest::runInUserThread)
                .get()) {
            pool.handling(PLAIN, handler).start();
            pool.deliver(pool.connect(0), PLAIN, 1);
            pool.answer();
            assertThat(workers).hasSize(1).allMatch(Thread::isDaemon);
        }
    }

    private static void runInUserThread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(false);
        thread.start();
    }

    private static List<String> threadsOf(List<Trace.Step> steps) {
        return steps.stream().map(Trace.Step::thread).toList();
    }
}
