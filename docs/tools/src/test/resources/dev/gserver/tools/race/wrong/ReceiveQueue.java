package dev.gserver.threadpool;

/** What of stage 3 a test needs. */
public final class ReceiveQueue {
    public void flush() {
        if (arrived.isEmpty()) {
            return;
        }
        mutex.lock();
        try {
            arrived.forEach(this::inMsgRecvQueue);
            notEmpty.signal();
        } finally {
            mutex.unlock();
        }
        arrived.clear();
    }

    private void inMsgRecvQueue(Message message) {
        Mailbox mailbox = mailboxes[message.client().connection().index()];
        mailbox.add(message);
        if (mailbox.schedule()) {
            ready.add(mailbox);
        }
    }

    Mailbox take(List<Message> batch) {
        mutex.lock();
        try {
            while (ready.isEmpty() && !closed) {
                notEmpty.awaitUninterruptibly();
            }
            Mailbox mailbox = ready.remove();
            mailbox.moveTo(batch, BATCH);
            return mailbox;
        } finally {
            mutex.unlock();
        }
    }

    void giveBack(Mailbox mailbox, List<Message> batch) {
        boolean empty;
        mutex.lock();
        try {
            workersBusy--;
            empty = mailbox.size() == 0;
        } finally {
            mutex.unlock();
        }
        mutex.lock();
        try {
            if (!empty) {
                ready.add(mailbox); // at the end of the list; no signal, as the caller looks again before it waits
            } else {
                mailbox.unschedule();
            }
        } finally {
            mutex.unlock();
        }
    }
}
