package dev.gserver.epoll;

import java.nio.ByteBuffer;

/**
 * The 8 bytes in front of every packet, big-endian; COMM_PKG_HEADER in the C++ course. Immutable.
 *
 * @param packetLength bytes of the whole packet, header included, 8 to 29000
 * @param code what the message is about, 0 to 65535
 * @param crc32 CRC-32 of the body, 0 where there is no body
 */
public record PacketHeader(int packetLength, int code, int crc32) {
    /** Bytes of a header. */
    public static final int LENGTH = 8;

    /** The longest packet allowed, in bytes. */
    public static final int MAX_PACKET_LENGTH = 29_000;

    /** Reads a header; its length is checked here, before anybody allocates for it. */
    static PacketHeader read(ByteBuffer in) throws MalformedPacketException {
        int packetLength = Short.toUnsignedInt(in.getShort());
        int code = Short.toUnsignedInt(in.getShort());
        int crc32 = in.getInt();
        if (packetLength < LENGTH || packetLength > MAX_PACKET_LENGTH) {
            throw new MalformedPacketException(
                    "packet length " + packetLength + ", expected " + LENGTH + " to " + MAX_PACKET_LENGTH);
        }
        return new PacketHeader(packetLength, code, crc32);
    }

    int bodyLength() {
        return packetLength - LENGTH;
    }
}
