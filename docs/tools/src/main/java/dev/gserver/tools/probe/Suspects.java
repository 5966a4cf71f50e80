package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/**
 * Why a server may be silent: sends what it would answer if it made one of the usual mistakes, each over a connection of
 * its own, and looks whether anything comes.
 */
final class Suspects {
    private static final String RECEIVE = "gsx_wait_request_handler.1";
    private static final int MANY = 10_000; // pings: more than a buffer of 64 KiB
    private static final int CODE = 2; // where the fields begin
    private static final int CRC = 4;
    private static final int WAIT_MILLIS = 400;

    /**
     * A mistake.
     *
     * @param step of the notes where it is made
     * @param bytes what a server that makes it answers
     */
    private record Suspect(String step, String says, byte[] bytes) {}

    private Suspects() {}

    /** Adds to the silence that followed on a request what the server seems to do wrong, or where to look. */
    static Wrong explain(Server server, byte[] request, Wrong silence) {
        for (Suspect suspect : of(request)) {
            if (answers(server, suspect.bytes())) {
                return silence.with("; " + suspect.says()).at(suspect.step());
            }
        }
        return silence.with("; does it accept, register the read event, read, and send?");
    }

    private static List<Suspect> of(byte[] request) {
        Packet packet = new Packet(request);
        int bodyLength = packet.length() - Packet.HEADER;
        return List.of(
                new Suspect(
                        "threadRecvProcFunc.1",
                        "it takes the CRC of the header too; the CRC is that of the body alone, 0 where there is none",
                        Requests.withCrc(request, (int) Packet.crc(Requests.withCrc(request, 0)))),
                new Suspect(
                        RECEIVE,
                        "it reads numbers with the low byte first (little-endian); they have their high byte first (ntohs)",
                        littleEndian(request)),
                new Suspect(
                        RECEIVE,
                        "it takes the length for that of the body alone; the 8 bytes of the header count too",
                        Packet.of(bodyLength, packet.code(), packet.crc(), packet.body())),
                new Suspect(
                        RECEIVE,
                        "it waits for more bytes than the packet has, as if for a full buffer; it answers many pings",
                        Requests.join(Collections.nCopies(MANY, Requests.PING))));
    }

    private static byte[] littleEndian(byte[] request) {
        ByteBuffer packet = ByteBuffer.wrap(request.clone());
        packet.putShort(0, Short.reverseBytes(packet.getShort(0)));
        packet.putShort(CODE, Short.reverseBytes(packet.getShort(CODE)));
        return packet.putInt(CRC, Integer.reverseBytes(packet.getInt(CRC))).array();
    }

    private static boolean answers(Server server, byte[] bytes) {
        try (Conversation client = server.connect()) {
            client.write(bytes);
            return client.read(new byte[1], 0, WAIT_MILLIS) > 0;
        } catch (Wrong e) {
            return false;
        }
    }
}
