package dev.gserver.epoll;

/** Clients for the benchmarks of other layers, which cannot make any. */
public final class BenchmarkClients {
    private BenchmarkClients() {}

    /** A client that no event loop knows. */
    public static Client create() {
        return new Client(new Connection(0), "nobody", null, null);
    }
}
