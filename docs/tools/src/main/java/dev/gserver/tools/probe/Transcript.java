package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import dev.gserver.tools.client.PacketText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What went over one connection, packet by packet: the first ones and the last ones. */
final class Transcript {
    private static final int KEPT = 4; // packets at either end
    private static final int MOST_LINES = 24; // of a packet

    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();
    private final ByteArrayOutputStream sending = new ByteArrayOutputStream(); // of a packet, what is sent of it
    private int leftOut;

    /** Any piece of the stream; a packet is shown when its last byte is sent. */
    void sent(byte[] bytes) {
        sending.writeBytes(bytes);
        List<Packet> packets = Packet.cut(sending.toByteArray());
        sending.reset();
        for (Packet packet : packets) {
            if (packet.isWhole() || packet.hasLength() && !packet.lengthIsPossible()) {
                add(new PacketText("->", packet).toString());
            } else {
                sending.writeBytes(packet.bytes());
            }
        }
    }

    /** Whole packets. */
    void received(byte[] bytes) {
        Packet.cut(bytes).forEach(packet -> add(new PacketText("<-", packet).toString()));
    }

    /** The packet with the first wrong byte, and what came after it. */
    void wrong(byte[] bytes, int place, String what) {
        flush();
        List<Packet> packets = Packet.cut(bytes);
        int length = packets.get(0).bytes().length;
        add(new PacketText("<-", packets.get(0), place, what).toString());
        if (bytes.length > length) {
            remark("... and " + (bytes.length - length) + " more bytes");
        }
    }

    void remark(String text) {
        flush();
        add("   " + text + "\n");
    }

    private void flush() {
        if (sending.size() > 0) {
            add(new PacketText("->", new Packet(sending.toByteArray())).toString());
            sending.reset();
        }
    }

    private void add(String entry) {
        if (first.size() < KEPT) {
            first.add(entry);
            return;
        }
        last.add(entry);
        if (last.size() > KEPT) {
            last.remove();
            leftOut++;
        }
    }

    @Override
    public String toString() {
        flush();
        List<String> entries = new ArrayList<>(first);
        if (leftOut > 0) {
            entries.add("   ... " + leftOut + " more\n");
        }
        entries.addAll(last);
        return String.join("\n", entries.stream().map(Transcript::cut).toList());
    }

    /** Of a packet with a long body the middle is left out, but for what has a mark. */
    private static String cut(String entry) {
        List<String> lines = entry.lines().toList();
        if (lines.size() <= MOST_LINES) {
            return entry;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean isMarked = lines.get(i).contains("^^")
                    || i + 1 < lines.size() && lines.get(i + 1).contains("^^");
            if (i < MOST_LINES || isMarked) {
                text.append(lines.get(i)).append('\n');
            }
        }
        return text + "   ... of " + lines.size() + " lines\n";
    }
}
