package dev.gserver.tools.probe;

import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Servers that answer nobody, as the stages 2 and 3. */
final class SilentServers {
    private SilentServers() {}

    /** Right for the stages 2 and 3. */
    static class Right extends PlainServer {
        @Override
        void send(OutputStream out, byte[] answers) {}
    }

    static class KeepsBadLength extends WrongServers.KeepsOnBadLength {
        @Override
        void send(OutputStream out, byte[] answers) {}
    }

    static class KeepsHalfClosed extends Right {
        @Override
        void end(Socket client, byte[] buffer) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(30)); // longer than the probe waits
        }
    }

    static class OnePacketForEachRead extends WrongServers.OnePacketForEachRead {
        @Override
        void send(OutputStream out, byte[] answers) {}
    }

    static class OneClientAtATime extends Right {
        @Override
        void serve(Socket client) {
            talk(client);
        }
    }
}
