package dev.gserver;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Packets as a client writes them, put together here from the wire format and not with the server's own code. */
public final class Packets {
    private Packets() {}

    /** A packet with the right length and CRC. */
    public static byte[] packet(int code, byte... body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return packet(8 + body.length, code, (int) crc.getValue(), body);
    }

    /** A packet whose header says just what it is told to. */
    public static byte[] packet(int length, int code, int crc32, byte... body) {
        return ByteBuffer.allocate(8 + body.length)
                .putShort((short) length)
                .putShort((short) code)
                .putInt(crc32)
                .put(body)
                .array();
    }

    public static byte[] ping() {
        return packet(0);
    }

    public static byte[] register(int type, String user, String password) {
        return packet(5, registerBody(type, user, password));
    }

    public static byte[] registerBody(int type, String user, String password) {
        return ByteBuffer.allocate(100)
                .putInt(type)
                .put(padded(user, 56))
                .put(padded(password, 40))
                .array();
    }

    public static byte[] login(String user, String password) {
        return packet(6, loginBody(user, password));
    }

    public static byte[] loginBody(String user, String password) {
        return ByteBuffer.allocate(96)
                .put(padded(user, 56))
                .put(padded(password, 40))
                .array();
    }

    /** All of {@code packets}, one after the other. */
    public static byte[] join(byte[]... packets) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(packets).mapToInt(packet -> packet.length).sum());
        for (byte[] packet : packets) {
            all.put(packet);
        }
        return all.array();
    }

    private static byte[] padded(String text, int length) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), length);
    }
}
