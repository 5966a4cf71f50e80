package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a server may be silent: sends what it would answer if it made one of the usual mistakes, each over a connection of
 * its own, and looks whether anything comes.
 */
final class Suspects {
    private static final int MANY = 10_000; // pings: more than a buffer of 64 KiB
    private static final int CODE = 2; // where the fields begin
    private static final int CRC = 4;
    private static final int WAIT_MILLIS = 400;

    private Suspects() {}

    /** Returns what it seems to do wrong, or where to look. */
    static String of(Server server, byte[] request) {
        for (Map.Entry<String, byte[]> suspect : of(request).entrySet()) {
            if (answers(server, suspect.getValue())) {
                return suspect.getKey();
            }
        }
        return "does it accept, register the read event, read, and send?";
    }

    private static Map<String, byte[]> of(byte[] request) {
        Packet packet = new Packet(request);
        Map<String, byte[]> suspects = new LinkedHashMap<>();
        int crcOfAll = (int) Packet.crc(Requests.withCrc(request, 0));
        suspects.put(
                "it takes the CRC of the header too; the CRC is that of the body alone, 0 where there is none",
                Requests.withCrc(request, crcOfAll));
        suspects.put(
                "it reads numbers with the low byte first (little-endian); they have their high byte first (ntohs, ntohl)",
                littleEndian(request));
        suspects.put(
                "it takes the length for that of the body alone; the 8 bytes of the header count too",
                Packet.of(packet.length() - Packet.HEADER, packet.code(), packet.crc(), packet.body()));
        byte[] many = new byte[MANY * Requests.PING.length];
        for (int from = 0; from < many.length; from += Requests.PING.length) {
            System.arraycopy(Requests.PING, 0, many, from, Requests.PING.length);
        }
        suspects.put(
                "it waits for more bytes than the packet has, as if for a full buffer; it answers many pings", many);
        return suspects;
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
