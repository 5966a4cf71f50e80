package dev.gserver.threadpool;

import dev.gserver.epoll.Message;
import java.nio.ByteBuffer;

/** What goes over the wire. */
final class Wire {
    private Wire() {}

    /** The bytes that the receiver of {@code message} gets. */
    static byte[] bytes(Message message) {
        ByteBuffer out = ByteBuffer.allocate(message.packetLength());
        message.writeTo(out);
        return out.array();
    }
}
