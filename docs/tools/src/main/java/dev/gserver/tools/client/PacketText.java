package dev.gserver.tools.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** A packet field by field: its bytes on the left, what they mean on the right. */
public final class PacketText {
    private static final int ROW = 8; // bytes
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final StringBuilder text = new StringBuilder();
    private final String sign;
    private final int marked;
    private final String mark;
    private final ByteBuffer rest;

    /** @param sign begins each line: which way the packet went */
    public PacketText(String sign, Packet packet) {
        this(sign, packet, -1, "");
    }

    /**
     * @param marked number of the byte that has a mark below it; -1 for none
     * @param mark what is said of it
     */
    public PacketText(String sign, Packet packet, int marked, String mark) {
        this.sign = sign;
        this.marked = marked;
        this.mark = mark;
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
        field(
                width,
                name + " '"
                        + new String(bytes, StandardCharsets.UTF_8)
                                .replaceFirst("\0+$", "")
                                .replaceAll("\\p{C}", ".") + "'");
    }

    /** Takes the next bytes. Zeros at their end are counted, not shown, but for one that has the mark. */
    private void field(int width, String meaning) {
        int start = rest.position();
        byte[] bytes = new byte[width];
        rest.get(bytes);
        int shown = width;
        while (shown > 0 && bytes[shown - 1] == 0 && start + shown - 1 != marked) {
            shown--;
        }
        boolean cutsZeros = width - shown > ROW;
        int end = cutsZeros ? shown : width;
        String said = cutsZeros ? meaning + (shown == 0 ? ": " : ", then ") + (width - shown) + " zero bytes" : meaning;
        for (int from = 0; from == 0 || from < end; from += ROW) {
            String hex = HEX.formatHex(bytes, from, Math.min(from + ROW, end));
            String line = String.format(Locale.ROOT, "%s %-" + (3 * ROW) + "s %s", sign, hex, from == 0 ? said : "");
            text.append(line.stripTrailing()).append('\n');
            mark(marked - start - from);
        }
    }

    /** Under the row that was written last, if the byte that is marked is one of its. */
    private void mark(int place) {
        if (place >= 0 && place < ROW) {
            text.append(" ".repeat(sign.length() + 1 + 3 * place))
                    .append("^^ ")
                    .append(mark)
                    .append('\n');
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
