package dev.gserver.tools.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** A packet as docs/protocol.md describes it, or as much of one as there is. Shares no code with the server. */
record Packet(byte[] bytes) {
    static final int HEADER = 8;
    static final int LONGEST = 29_000;
    static final int NAME_WIDTH = 56;
    static final int PASSWORD_WIDTH = 40;

    /** The messages of the course: code, and the width of the body. */
    enum Kind {
        PING(0, 0),
        REGISTER(5, Integer.BYTES + NAME_WIDTH + PASSWORD_WIDTH),
        LOGIN(6, NAME_WIDTH + PASSWORD_WIDTH);

        final int code;
        final int bodyLength;

        Kind(int code, int bodyLength) {
            this.code = code;
            this.bodyLength = bodyLength;
        }
    }

    static Packet ping() {
        return of(Kind.PING, ByteBuffer.allocate(0));
    }

    static Packet register(int type, String name, String password) {
        ByteBuffer body = ByteBuffer.allocate(Kind.REGISTER.bodyLength).putInt(type);
        return of(Kind.REGISTER, withAccount(body, name, password));
    }

    static Packet login(String name, String password) {
        return of(Kind.LOGIN, withAccount(ByteBuffer.allocate(Kind.LOGIN.bodyLength), name, password));
    }

    /** Texts are filled up with zero bytes. */
    private static ByteBuffer withAccount(ByteBuffer body, String name, String password) {
        return body.put(Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), NAME_WIDTH))
                .put(Arrays.copyOf(password.getBytes(StandardCharsets.UTF_8), PASSWORD_WIDTH));
    }

    private static Packet of(Kind kind, ByteBuffer body) {
        byte[] content = body.array();
        return new Packet(ByteBuffer.allocate(HEADER + content.length)
                .putShort((short) (HEADER + content.length))
                .putShort((short) kind.code)
                .putInt((int) crc(content))
                .put(content)
                .array());
    }

    /** Cuts a stream into packets. What follows a length that cannot be true, and a packet's beginning, stays in one. */
    static List<Packet> cut(byte[] stream) {
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

    boolean hasLength() {
        return bytes.length >= 2;
    }

    int length() {
        return ByteBuffer.wrap(bytes).getShort() & 0xffff;
    }

    boolean lengthIsPossible() {
        return length() >= HEADER && length() <= LONGEST;
    }

    boolean isWhole() {
        return hasLength() && lengthIsPossible() && bytes.length == length();
    }

    int code() {
        return ByteBuffer.wrap(bytes).getShort(2) & 0xffff;
    }

    /** The kind that its code says; null if that is none of the course's. */
    Kind kind() {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.code == code())
                .findFirst()
                .orElse(null);
    }

    byte[] body() {
        return Arrays.copyOfRange(bytes, HEADER, bytes.length);
    }

    boolean crcIsRight() {
        return (ByteBuffer.wrap(bytes).getInt(4) & 0xffff_ffffL) == crc(body());
    }

    /** Whether a server that sends answers has to answer it. */
    boolean asksForAnswer() {
        return isWhole() && kind() != null && crcIsRight() && body().length == kind().bodyLength;
    }

    /** 0 where there is no body. */
    static long crc(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return crc.getValue();
    }
}
