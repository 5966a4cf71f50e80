package dev.gserver.tools.client;

import dev.gserver.tools.common.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/** A packet as docs/protocol.md describes it, or as much of one as there is. Shares no code with the server. */
public record Packet(byte[] bytes) {
    public static final int HEADER = 8;
    public static final int LONGEST = 29_000;
    public static final int NAME_WIDTH = 56;
    public static final int PASSWORD_WIDTH = 40;
    private static final int TYPE = 1; // of a register; the server only sends it back

    /** The messages of the course: code, and the width of the body. */
    public enum Kind {
        PING(0, 0),
        REGISTER(5, Integer.BYTES + NAME_WIDTH + PASSWORD_WIDTH),
        LOGIN(6, NAME_WIDTH + PASSWORD_WIDTH);

        public final int code;
        public final int bodyLength;

        Kind(int code, int bodyLength) {
            this.code = code;
            this.bodyLength = bodyLength;
        }
    }

    /** What a word on the command line stands for. */
    static byte[] bytes(String word) {
        String[] parts = word.split(":", -1);
        if (word.equals("ping")) {
            return of(Kind.PING, ByteBuffer.allocate(0));
        }
        if (parts.length == 3 && (parts[0].equals("register") || parts[0].equals("login"))) {
            Kind kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
            ByteBuffer body = ByteBuffer.allocate(kind.bodyLength);
            if (kind == Kind.REGISTER) {
                body.putInt(TYPE);
            }
            return of(kind, body.put(text(word, parts[1], NAME_WIDTH)).put(text(word, parts[2], PASSWORD_WIDTH)));
        }
        if (parts.length == 2 && parts[0].equals("hex") && parts[1].matches("([0-9a-fA-F]{2})+")) {
            return HexFormat.of().parseHex(parts[1]);
        }
        throw Refusal.ofArguments("'" + word
                + "': expected ping, register:NAME:PASSWORD, login:NAME:PASSWORD or hex:DIGITS, two for each byte");
    }

    /** Filled up with zero bytes. */
    private static byte[] text(String word, String text, int width) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > width) {
            throw Refusal.ofArguments(
                    "'" + word + "': '" + text + "' has " + bytes.length + " bytes; expected at most " + width);
        }
        return Arrays.copyOf(bytes, width);
    }

    private static byte[] of(Kind kind, ByteBuffer body) {
        return of(HEADER + kind.bodyLength, kind.code, (int) crc(body.array()), body.array());
    }

    /** The parts as they are given, whether they belong together or not. */
    public static byte[] of(int length, int code, int crc, byte[] body) {
        return ByteBuffer.allocate(HEADER + body.length)
                .putShort((short) length)
                .putShort((short) code)
                .putInt(crc)
                .put(body)
                .array();
    }

    /** Cuts a stream into packets. What follows a length that cannot be true, and a packet's beginning, stays in one. */
    public static List<Packet> cut(byte[] stream) {
        List<Packet> packets = new ArrayList<>();
        int start = 0;
        while (start < stream.length) {
            Packet rest = new Packet(Arrays.copyOfRange(stream, start, stream.length));
            boolean isWhole = rest.hasLength() && rest.lengthIsPossible() && rest.length() <= rest.bytes.length;
            Packet next = isWhole ? new Packet(Arrays.copyOf(rest.bytes, rest.length())) : rest;
            packets.add(next);
            start += next.bytes.length;
        }
        return packets;
    }

    public boolean hasLength() {
        return bytes.length >= 2;
    }

    public int length() {
        return ByteBuffer.wrap(bytes).getShort() & 0xffff;
    }

    public boolean lengthIsPossible() {
        return length() >= HEADER && length() <= LONGEST;
    }

    public boolean isWhole() {
        return hasLength() && lengthIsPossible() && bytes.length == length();
    }

    public int code() {
        return ByteBuffer.wrap(bytes).getShort(2) & 0xffff;
    }

    /** The kind that its code says; null if that is none of the course's. */
    public Kind kind() {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.code == code())
                .findFirst()
                .orElse(null);
    }

    public byte[] body() {
        return Arrays.copyOfRange(bytes, HEADER, bytes.length);
    }

    public int crc() {
        return ByteBuffer.wrap(bytes).getInt(4);
    }

    public boolean crcIsRight() {
        return (crc() & 0xffff_ffffL) == crc(body());
    }

    /** Whether a server that sends answers has to answer it. */
    boolean asksForAnswer() {
        return isWhole() && kind() != null && crcIsRight() && body().length == kind().bodyLength;
    }

    /** 0 where there is no body. */
    public static long crc(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return crc.getValue();
    }
}
