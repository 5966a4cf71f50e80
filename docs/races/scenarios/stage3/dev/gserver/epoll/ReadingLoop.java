package dev.gserver.epoll;

import dev.gserver.races.FakeSocket;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * An event loop with one client, and without a Selector, as Lincheck does not look inside one: a semaphore takes its
 * place. Its turns are run by the scenario's thread "event-loop".
 */
final class ReadingLoop extends EventLoop {
    private final Semaphore woken = new Semaphore(0);
    private final LoopTasks tasks = new LoopTasks(woken::release);
    private final ConnectionPool pool = new ConnectionPool(1);
    private boolean reading = true;

    final Clients clients = new Clients(this, pool, null, null);
    final Client client;

    ReadingLoop() throws IOException {
        super(List.of(), 1, null, null);
        Connection place = pool.get();
        place.open(new FakeSocket(), "client");
        client = new Client(place, "client", clients);
        place.setClient(client);
    }

    /** Runs tasks until the client is read from, or has left. */
    void serve() {
        while (!reading && !client.hasLeft()) {
            woken.acquireUninterruptibly();
            tasks.run();
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void addEvent(Connection connection, int event) {
        reading = true;
    }

    @Override
    public void removeEvent(Connection connection, int event) {
        reading = false;
    }

    @Override
    void assertInLoopThread() {}
}
