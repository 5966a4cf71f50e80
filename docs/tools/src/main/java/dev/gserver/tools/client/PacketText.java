package dev.gserver.tools.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** A packet field by field: its bytes on the left, what they mean on the right. */
final class PacketText {
    private static final int ROW = 8; // bytes
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final StringBuilder text = new StringBuilder();
    private final String sign;
    private final ByteBuffer rest;

    /** @param sign begins each line: which way the packet went */
    PacketText(String sign, Packet packet) {
        this.sign = sign;
        this.rest = ByteBuffer.wrap(packet.bytes());
        if (packet.hasLength()) {
            boolean possible = packet.lengthIsPossible();
            field(2, "length " + packet.length() + (possible ? "" : ", which cannot be: expected 8 to 29000"));
        }
        if (packet.isWhole()) {
            header(packet);
            body(packet);
        }
        if (rest.hasRemaining()) {
            field(rest.remaining(), packet.hasLength() && !packet.lengthIsPossible() ? "" : "not a whole packet");
        }
    }

    private void header(Packet packet) {
        Packet.Kind kind = packet.kind();
        String name =
                kind == null ? "which the course does not have" : kind.name().toLowerCase(Locale.ROOT);
        field(2, "code " + packet.code() + ", " + name);
        String right = packet.body().length == 0 ? "right: there is no body" : "right";
        String wrong = String.format(Locale.ROOT, "wrong: that of the body is %08x", Packet.crc(packet.body()));
        field(4, "crc, " + (packet.crcIsRight() ? right : wrong));
    }

    private void body(Packet packet) {
        Packet.Kind kind = packet.kind();
        if (kind == null && rest.hasRemaining()) {
            field(rest.remaining(), "body");
        } else if (kind == null) {
            return;
        } else if (packet.body().length != kind.bodyLength) {
            field(
                    rest.remaining(),
                    "body of " + packet.body().length + " bytes, which cannot be: expected " + kind.bodyLength);
        } else if (kind != Packet.Kind.PING) {
            if (kind == Packet.Kind.REGISTER) {
                field(Integer.BYTES, "type " + rest.getInt(rest.position()));
            }
            textField(Packet.NAME_WIDTH, "user name");
            textField(Packet.PASSWORD_WIDTH, "password");
        }
    }

    private void textField(int width, String name) {
        byte[] bytes = Arrays.copyOfRange(rest.array(), rest.position(), rest.position() + width);
        field(width, name + " '" + new String(bytes, StandardCharsets.UTF_8).replaceFirst("\0+$", "") + "'");
    }

    /** Takes the next bytes. Zeros at their end are counted, not shown. */
    private void field(int width, String meaning) {
        byte[] bytes = new byte[width];
        rest.get(bytes);
        int shown = width;
        while (shown > 0 && bytes[shown - 1] == 0) {
            shown--;
        }
        boolean cutsZeros = width - shown > ROW;
        int end = cutsZeros ? shown : width;
        String said = cutsZeros ? meaning + (shown == 0 ? ": " : ", then ") + (width - shown) + " zero bytes" : meaning;
        for (int from = 0; from == 0 || from < end; from += ROW) {
            String hex = HEX.formatHex(bytes, from, Math.min(from + ROW, end));
            String line = String.format(Locale.ROOT, "%s %-" + (3 * ROW) + "s %s", sign, hex, from == 0 ? said : "");
            text.append(line.stripTrailing()).append('\n');
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
