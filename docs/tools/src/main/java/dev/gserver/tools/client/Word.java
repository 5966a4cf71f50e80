package dev.gserver.tools.client;

import dev.gserver.tools.common.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What a word on the command line stands for, in bytes. */
final class Word {
    private static final int TYPE = 1; // of a register; the server only sends it back

    private Word() {}

    static byte[] bytes(String word) {
        String[] parts = word.split(":", -1);
        if (word.equals("ping")) {
            return Packet.ping().bytes();
        }
        if (parts.length == 3 && (parts[0].equals("register") || parts[0].equals("login"))) {
            check(word, parts[1], Packet.NAME_WIDTH);
            check(word, parts[2], Packet.PASSWORD_WIDTH);
            boolean registers = parts[0].equals("register");
            return (registers ? Packet.register(TYPE, parts[1], parts[2]) : Packet.login(parts[1], parts[2])).bytes();
        }
        if (parts.length == 2 && parts[0].equals("hex") && parts[1].matches("([0-9a-fA-F]{2})+")) {
            return HexFormat.of().parseHex(parts[1]);
        }
        throw Refusal.ofArguments("'" + word
                + "': expected ping, register:NAME:PASSWORD, login:NAME:PASSWORD or hex:DIGITS, two for each byte");
    }

    private static void check(String word, String text, int width) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > width) {
            throw Refusal.ofArguments(
                    "'" + word + "': '" + text + "' has " + length + " bytes; expected at most " + width);
        }
    }
}
