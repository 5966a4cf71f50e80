package dev.gserver.epoll;

import dev.gserver.memory.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts one connection's stream of bytes into packets, wherever the network happened to cut it: first the header, then
 * the body; curStat, precvbuf and irecvlen in the notes' connection. Belongs to the event loop's thread.
 */
final class PacketAssembler {
    private final byte[] headerBytes = new byte[PacketHeader.LENGTH];
    private int headerReceived;
    private PacketHeader header; // null while the header is incomplete
    private byte[] body; // first of the length of what came with the header, then of its own
    private int bodyReceived;

    /** Takes bytes from {@code in} until a packet of {@code client} is complete; null if they end before it is. */
    Message next(Client client, ByteBuffer in) throws MalformedPacketException {
        if (header == null && !receiveHeader(in) || !receiveBody(in)) {
            return null;
        }
        Message message = new Message(client, header.code(), header.crc32(), body);
        clear();
        return message;
    }

    /** Takes what is missing of the header; returns whether it is complete. */
    private boolean receiveHeader(ByteBuffer in) throws MalformedPacketException {
        if (headerReceived == 0 && in.remaining() >= headerBytes.length) {
            header = PacketHeader.read(in);
            return true;
        }
        int count = Math.min(headerBytes.length - headerReceived, in.remaining());
        in.get(headerBytes, headerReceived, count);
        headerReceived += count;
        if (headerReceived < headerBytes.length) {
            return false;
        }
        header = PacketHeader.read(ByteBuffer.wrap(headerBytes));
        return true;
    }

    /** Takes what is missing of the body; returns whether it is complete. */
    private boolean receiveBody(ByteBuffer in) {
        if (body == null) { // until more is read, it takes no more memory than what has come of it
            // Much of it: the memory for all, so that nobody can take that away.
            int most = Message.heapBytes(in.remaining()) > Memory.LITTLE ? header.bodyLength() : in.remaining();
            body = new byte[Math.min(header.bodyLength(), most)];
        } else if (body.length < header.bodyLength()) {
            body = Arrays.copyOf(body, header.bodyLength());
        }
        int count = Math.min(body.length - bodyReceived, in.remaining());
        in.get(body, bodyReceived, count);
        bodyReceived += count;
        return bodyReceived == header.bodyLength();
    }

    /** Bytes of memory that the incomplete packet takes, about. */
    int heldBytes() {
        return body == null ? 0 : Message.heapBytes(body.length);
    }

    /** Bytes of memory that it takes to go on; none if there is room for the whole body already. */
    int nextBytes() {
        return Message.heapBytes(header == null ? 0 : header.bodyLength()) - heldBytes();
    }

    /** Bytes on the wire to the end of the header, or of the body. */
    int missing() {
        return header == null ? headerBytes.length - headerReceived : header.bodyLength() - bodyReceived;
    }

    /** Forgets an incomplete packet. */
    void clear() {
        headerReceived = 0;
        header = null;
        body = null;
        bodyReceived = 0;
    }
}
