package dev.gserver.threadpool;

import dev.gserver.epoll.Message;
import java.util.ArrayList;
import java.util.List;

/** What a worker does, for the scenarios of the layers above. */
public final class Worker {
    private Worker() {}

    /** Takes one batch, answers each message with itself, and gives back. */
    public static void answerOnce(ReceiveQueue queue, AnswerSink answers) {
        List<Message> batch = new ArrayList<>();
        Mailbox mailbox = queue.take(batch);
        batch.forEach(answers::send);
        queue.giveBack(mailbox, batch);
    }
}
