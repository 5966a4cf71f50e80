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
        mutex.lock();
        try {
            workersBusy--;
            // Under one lock: a message added between the look and the end would find it scheduled, and stay outside.
            if (mailbox.size() > 0) {
                ready.add(mailbox); // at the end of the list; no signal, as the caller looks again before it waits
            } else {
                mailbox.unschedule();
            }
        } finally {
            mutex.unlock();
        }
    }
}
