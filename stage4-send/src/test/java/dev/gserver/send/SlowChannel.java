package dev.gserver.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel with room for so many bytes; the test makes more room. Keeps what is written. One thread. */
final class SlowChannel implements WritableByteChannel {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int room;
    private int writes;
    private IOException failure;
    private Runnable onWrite;

    SlowChannel(int room) {
        this.room = room;
    }

    void setRoom(int newRoom) {
        room = newRoom;
    }

    void failWith(IOException newFailure) {
        failure = newFailure;
    }

    /** Has {@code action} run during the next write. */
    void onWrite(Runnable action) {
        onWrite = action;
    }

    byte[] written() {
        return written.toByteArray();
    }

    int writes() {
        return writes;
    }

    @Override
    public int write(ByteBuffer in) throws IOException {
        if (failure != null) {
            throw failure;
        }
        writes++;
        if (onWrite != null) {
            Runnable action = onWrite;
            onWrite = null;
            action.run();
        }
        byte[] taken = new byte[Math.min(room, in.remaining())];
        in.get(taken);
        written.writeBytes(taken);
        room -= taken.length;
        return taken.length;
    }

    @Override
    public boolean isOpen() {
        return failure == null;
    }

    @Override
    public void close() {}
}
