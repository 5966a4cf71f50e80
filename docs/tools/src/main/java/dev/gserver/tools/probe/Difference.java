package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import dev.gserver.tools.client.Packet.Kind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** An answer that is not the one that has to come: the first wrong byte, and what it looks like in words. */
final class Difference {
    private static final int CODE = 2; // where the fields begin
    private static final int CRC = 4;

    private final List<byte[]> answers;
    private final int number;
    private final List<byte[]> dropped;
    private final byte[] expected;
    private final byte[] got;
    private final int place;

    /**
     * @param number of the answer that is due
     * @param dropped packets that must not be answered
     * @param bytes what came: begins with the answer
     */
    Difference(List<byte[]> answers, int number, List<byte[]> dropped, byte[] bytes) {
        this.answers = answers;
        this.number = number;
        this.dropped = dropped;
        this.expected = answers.get(number);
        this.got = Packet.cut(bytes).get(0).bytes();
        this.place = firstWrong();
    }

    /** A CRC that is right for a wrong body is no fault of its own. */
    private int firstWrong() {
        int first = Arrays.mismatch(got, expected);
        boolean isOfBody =
                first >= CRC && first < Packet.HEADER && got.length == expected.length && new Packet(got).crcIsRight();
        return isOfBody
                ? Arrays.mismatch(got, Packet.HEADER, got.length, expected, Packet.HEADER, got.length) + Packet.HEADER
                : first;
    }

    int place() {
        return place;
    }

    String mark() {
        return "the first wrong byte: expected " + HexFormat.of().toHexDigits(expected[place]);
    }

    String text() {
        String which = answers.size() == 1 ? "the answer" : "answer " + (number + 1) + " of " + answers.size();
        return "byte " + place + " of " + which + ", in its " + field() + ", is "
                + HexFormat.of().toHexDigits(got[place]) + "; expected "
                + HexFormat.of().toHexDigits(expected[place]) + ": " + guess();
    }

    private String field() {
        if (place < Packet.HEADER) {
            return place < CODE ? "length" : place < CRC ? "code" : "CRC";
        }
        boolean isRegister = new Packet(expected).kind() == Kind.REGISTER;
        int name = Packet.HEADER + (isRegister ? Integer.BYTES : 0);
        return place < name ? "type" : place < name + Packet.NAME_WIDTH ? "user name" : "password";
    }

    private String guess() {
        for (int i = 0; i < answers.size(); i++) {
            if (Arrays.equals(got, answers.get(i))) {
                return "this is answer " + (i + 1) + ", out of order; answers come in the order of the requests";
            }
        }
        for (byte[] packet : dropped) {
            if (new Packet(packet).code() == new Packet(Arrays.copyOf(got, Packet.HEADER)).code()) {
                return "this answers a packet that has to be dropped";
            }
        }
        return switch (field()) {
            case "length" -> length();
            case "code" -> number(CODE, Short.BYTES, "the answer has the code of its request");
            case "CRC" -> crc();
            case "password" -> "the password has to come back as zeros only";
            default -> "it has to come back as it was sent";
        };
    }

    private String length() {
        int length = new Packet(expected).length();
        boolean isOfBody = got.length >= 2 && new Packet(got).length() == length - Packet.HEADER;
        return isOfBody
                ? "this is the length of the body alone; the 8 bytes of the header count too"
                : number(0, Short.BYTES, "the length is that of the whole packet, " + length);
    }

    private String crc() {
        if (got.length < Packet.HEADER) {
            return "it is cut off";
        }
        byte[] cleared = Requests.withCrc(expected, 0);
        int crc = new Packet(got).crc();
        if (crc == (int) Packet.crc(cleared) || crc == (int) Packet.crc(Arrays.copyOf(cleared, CRC))) {
            return "it was made of the header too; the CRC is that of the body alone";
        }
        if (got.length == expected.length && Arrays.equals(Requests.answer(got), expected)) {
            return "it seems to be the CRC of the request; the answer's body is another one, with its password zeroed";
        }
        return number(CRC, Integer.BYTES, "the CRC is that of the body alone, 0 where there is none");
    }

    /** @param otherwise what is said if the number is not just the wrong way round */
    private String number(int from, int width, String otherwise) {
        for (int i = 0; i < width; i++) {
            if (from + width > got.length || got[from + i] != expected[from + width - 1 - i]) {
                return otherwise;
            }
        }
        return "its low byte comes first (little-endian); the high byte has to (big-endian, htons and htonl)";
    }
}
