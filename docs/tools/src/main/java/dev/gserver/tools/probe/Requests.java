package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import dev.gserver.tools.client.Packet.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What the probe sends, and what a server has to answer. */
final class Requests {
    static final byte[] PING = packet(Kind.PING.code, new byte[0]);

    private static final int SMALLEST_TYPE = 0x8000_0001; // its first bit is set: it is signed

    private Requests() {}

    static byte[] packet(int code, byte[] body) {
        return Packet.of(Packet.HEADER + body.length, code, (int) Packet.crc(body), body);
    }

    /** A header that announces that length, and nothing after it. */
    static byte[] ofLength(int length) {
        return Packet.of(length, Kind.PING.code, 0, new byte[0]);
    }

    static byte[] register(String user) {
        return packet(Kind.REGISTER.code, join(ByteBuffer.allocate(4).putInt(1).array(), login(text(user))));
    }

    static byte[] login(String user) {
        return packet(Kind.LOGIN.code, login(text(user)));
    }

    /** All bytes of a name and a password are used, and no byte is one of ASCII. */
    static byte[] fullRegister() {
        byte[] type = ByteBuffer.allocate(4).putInt(SMALLEST_TYPE).array();
        byte[] name = new byte[Packet.NAME_WIDTH];
        Arrays.fill(name, (byte) 0xe4);
        byte[] password = new byte[Packet.PASSWORD_WIDTH];
        Arrays.fill(password, (byte) 0xff);
        return packet(Kind.REGISTER.code, join(type, name, password));
    }

    private static byte[] text(String user) {
        return Arrays.copyOf(user.getBytes(StandardCharsets.UTF_8), Packet.NAME_WIDTH);
    }

    private static byte[] login(byte[] name) {
        byte[] password = "secret".getBytes(StandardCharsets.UTF_8);
        return join(name, Arrays.copyOf(password, Packet.PASSWORD_WIDTH));
    }

    /** The same packet with another CRC. */
    static byte[] withCrc(byte[] request, int crc) {
        Packet packet = new Packet(request);
        return Packet.of(packet.length(), packet.code(), crc, packet.body());
    }

    /** The answer to a good request: the same, with the password zeroed and the CRC of that. */
    static byte[] answer(byte[] request) {
        Packet packet = new Packet(request);
        byte[] body = packet.body();
        if (body.length > 0) {
            Arrays.fill(body, body.length - Packet.PASSWORD_WIDTH, body.length, (byte) 0);
        }
        return packet(packet.code(), body);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] join(List<byte[]> parts) {
        return join(parts.toArray(byte[][]::new));
    }
}
