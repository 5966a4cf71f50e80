package dev.gserver.epoll;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * One complete packet, received or to be sent, and the client it belongs to. Immutable by agreement: once a message is
 * handed on, nobody writes to its body. Any thread may read it.
 *
 * @param client whom it came from, or goes to
 * @param code what it is about, 0 to 65535
 * @param crc32 CRC-32 of the body as the header says, not checked yet where the message was received
 * @param body the bytes after the header
 */
public record Message(Client client, int code, int crc32, byte[] body) {
    /** Refuses a body that makes the packet longer than the wire format allows. */
    public Message {
        int most = PacketHeader.MAX_PACKET_LENGTH - PacketHeader.LENGTH;
        if (body.length > most) {
            throw new IllegalArgumentException(
                    "code " + code + " with a body of " + body.length + " bytes, expected at most " + most);
        }
    }

    /** Length of the packet on the wire, in bytes. */
    public int packetLength() {
        return PacketHeader.LENGTH + body.length;
    }

    /** Appends the packet to {@code out}, which has room for it. */
    public void writeTo(ByteBuffer out) {
        out.putShort((short) packetLength());
        out.putShort((short) code);
        out.putInt(crc32);
        out.put(body);
    }

    /** The CRC-32 of {@code body} as the header carries it; 0 for an empty one. */
    public static int crc32Of(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return (int) crc.getValue();
    }

    @Override
    public String toString() {
        return "code " + code + " of " + client;
    }
}
