package dev.gserver.status;

import java.util.List;

/**
 * What a running server tells of itself, by JMX: JConsole shows it, and {@code ./course watch}. Nothing can be changed.
 *
 * <p>Each value is true at the moment when it is read; two of them may be of different moments, and so may be the parts
 * of one that is added up or counted when it is asked for. Each says who owns it.
 */
public interface StatusMXBean {
    /** The stage that this program is; never changes. */
    String getStage();

    /** The addresses that were opened; they never change. */
    List<String> getAddresses();

    /** Clients connected. The event loop's thread writes it. */
    int getClients();

    /** Clients let in, ever; not those turned away by a full pool. The event loop's thread writes it. */
    long getClientsAccepted();

    /** Places in the connection pool, those of the listening sockets included; never changes. */
    int getPoolSize();

    /** Places that are free; during a stop without those of the ports. The event loop's thread writes it. */
    int getIdlePlaces();

    /** Messages that wait for a worker. The receive queue's mutex guards it. */
    int getMessagesWaiting();

    /**
     * Messages that workers are done with, ever, a batch at a time; at a stop also those left undone. The receive queue's
     * mutex guards it.
     */
    long getMessagesHandled();

    /** Threads that handle messages; never changes. */
    int getWorkers();

    /** Those that have messages in hand. The receive queue's mutex guards it. */
    int getWorkersBusy();
}
