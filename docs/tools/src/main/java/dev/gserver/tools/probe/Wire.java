package dev.gserver.tools.probe;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection, of which a failure is an end: found when something is to come. */
class Wire implements AutoCloseable {
    static final int END = -1;
    static final int NOTHING = 0;

    private final Socket socket;
    private boolean isReset;

    Wire(Socket socket) {
        this.socket = socket;
    }

    /** Returns whether all was taken. */
    boolean write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the sending side. */
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            return; // it has broken down: found when something is to come
        }
    }

    /** Leaves without a word. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            return; // it has broken down already
        } finally {
            close();
        }
    }

    /** Returns how many bytes came; {@link #NOTHING} if none for that time. */
    int read(byte[] into, int from, int millis) {
        try {
            socket.setSoTimeout(millis);
            return socket.getInputStream().read(into, from, into.length - from);
        } catch (SocketTimeoutException e) {
            return NOTHING;
        } catch (IOException e) {
            isReset = true;
            return END;
        }
    }

    boolean isReset() {
        return isReset;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it has broken down already
        }
    }
}
