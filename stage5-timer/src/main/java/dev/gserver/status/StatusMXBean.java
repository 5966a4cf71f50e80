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

    /** Bytes that all clients together make the server hold. Each account guards its own; added up when asked for. */
    long getMemoryBytes();

    /** How many they may be; never changes. */
    long getMemoryMaxBytes();

    /** Clients in the send list. Counted when it is asked for. */
    int getClientsToSendTo();

    /** Bytes of answers that have not left. Each outbox's monitor guards its own; added up when asked for. */
    long getBytesPending();

    /** Clients whose socket is full. Each outbox's monitor guards its own; counted when asked for. */
    long getClientsAwaitingWriteEvent();

    /** Clients in the timer queue. The monitor's mutex guards it. */
    int getTimerEntries();

    /** Clients asked to be closed because they were silent, ever. The timer's thread writes it. */
    long getKicks();

    /** Milliseconds to the next check; -1: no client is in the timer queue. The monitor's mutex guards the time. */
    long getMillisToNextCheck();
}
