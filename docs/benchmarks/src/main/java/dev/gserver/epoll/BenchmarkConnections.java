package dev.gserver.epoll;

/** Connections for the benchmarks of other layers, which cannot make any. */
public final class BenchmarkConnections {
    private BenchmarkConnections() {}

    /** A free connection, number {@code index}. */
    public static Connection create(int index) {
        return new Connection(index);
    }
}
