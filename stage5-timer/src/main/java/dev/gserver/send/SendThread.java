package dev.gserver.send;

import dev.gserver.common.Threads;
import dev.gserver.common.Trace;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The one thread that sends; ServerSendQueueThread in the notes. Started and closed by one thread.
 *
 * <p>It writes to each client once a turn: all that is waiting for it, up to the size of the buffer. A client whose
 * socket is full is left to the event loop, so it never holds up the others.
 */
public final class SendThread implements AutoCloseable {
    static final int BUFFER_BYTES = 64 * 1024;
    private static final long STOP_MILLIS = 1_000;

    private final Thread thread = new Thread(this::run, "send");
    private final SendQueue sendQueue;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** A thread that sends what {@code sendQueue} holds. */
    public SendThread(SendQueue sendQueue) {
        this.sendQueue = sendQueue;
    }

    /** Starts the thread; once. */
    public void start() {
        Trace.step("send.guide", "send thread", "from here on one thread does all the sending");
        thread.start();
    }

    private void run() {
        Outbox outbox;
        while ((outbox = sendQueue.take()) != null) {
            Trace.step("ServerSendQueueThread.1", outbox.client(), "semaphore passed");
            sendTo(outbox);
        }
    }

    /** Gives one client its turn. */
    void sendTo(Outbox outbox) {
        if (outbox.client().hasLeft()) {
            Trace.step("ServerSendQueueThread.2", outbox.client(), "stale packets dropped");
        } else if (outbox.leaveToWriteEvent()) {
            Trace.step("ServerSendQueueThread.3", outbox.client(), "socket still full, left to its write event");
        } else {
            try {
                Trace.step("ServerSendQueueThread.4", outbox.client(), "sending directly");
                goOnAfter(outbox.send(buffer), outbox);
            } catch (IOException e) {
                outbox.discard();
                outbox.client().lost(String.valueOf(e.getMessage()));
            }
        }
    }

    private void goOnAfter(Outbox.State state, Outbox outbox) {
        switch (state) {
            case ALL_SENT -> Trace.step("ServerSendQueueThread.5", outbox.client(), "all sent");
            case FULL, STUCK -> {
                Trace.step("ServerSendQueueThread.5", outbox.client(), "part sent, a write event drives the rest");
                sendQueue.awaitWriteEvent(outbox);
            }
            case MORE -> sendQueue.post(outbox); // the others first
        }
    }

    /** Ends the thread; what is still waiting is left. */
    @Override
    public void close() {
        sendQueue.close();
        Threads.join(thread, STOP_MILLIS);
    }
}
