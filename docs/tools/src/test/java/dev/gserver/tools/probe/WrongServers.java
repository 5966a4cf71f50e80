package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Servers that do one thing wrong each. */
final class WrongServers {
    private WrongServers() {}

    /** Forgets ntohs and ntohl, htons and htonl. */
    static class LittleEndian extends PlainServer {
        @Override
        int length(ByteBuffer header) {
            return Short.toUnsignedInt(header.order(ByteOrder.LITTLE_ENDIAN).getShort(0));
        }

        @Override
        Packet packet(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return new Packet(Packet.of(
                    in.getShort(0), in.getShort(2), in.getInt(4), Arrays.copyOfRange(bytes, 8, bytes.length)));
        }
    }

    /** Forgets htons alone. */
    static class LittleEndianAnswers extends PlainServer {
        @Override
        byte[] answer(Packet packet) {
            byte[] answer = super.answer(packet);
            ByteBuffer.wrap(answer)
                    .putShort(0, Short.reverseBytes(ByteBuffer.wrap(answer).getShort(0)));
            return answer;
        }
    }

    static class LengthWithoutHeader extends PlainServer {
        @Override
        int length(ByteBuffer header) {
            return super.length(header) + Packet.HEADER;
        }

        @Override
        int mostBytes() {
            return super.mostBytes() + Packet.HEADER;
        }
    }

    static class AnswersLengthWithoutHeader extends PlainServer {
        @Override
        byte[] answer(Packet packet) {
            byte[] answer = super.answer(packet);
            ByteBuffer.wrap(answer).putShort(0, (short) (answer.length - Packet.HEADER));
            return answer;
        }
    }

    static class CrcOverHeader extends PlainServer {
        @Override
        boolean crcIsRight(Packet packet) {
            return packet.crc() == (int) Packet.crc(Requests.withCrc(packet.bytes(), 0));
        }
    }

    static class AnswersCrcOverHeader extends PlainServer {
        @Override
        byte[] answer(Packet packet) {
            byte[] cleared = Requests.withCrc(super.answer(packet), 0);
            return Requests.withCrc(cleared, (int) Packet.crc(cleared));
        }
    }

    /** Sends the CRC of the request back, though the password is zeroed. */
    static class AnswersOldCrc extends PlainServer {
        @Override
        byte[] answer(Packet packet) {
            return Requests.withCrc(super.answer(packet), packet.crc());
        }
    }

    static class CrcNotChecked extends PlainServer {
        @Override
        boolean crcIsRight(Packet packet) {
            return true;
        }
    }

    /** As with several workers and one queue: what came in one read is answered last first. */
    static class OutOfOrder extends PlainServer {
        @Override
        void send(OutputStream out, byte[] answers) throws IOException {
            List<Packet> packets = new ArrayList<>(Packet.cut(answers));
            Collections.reverse(packets);
            ByteArrayOutputStream reversed = new ByteArrayOutputStream();
            packets.forEach(packet -> reversed.writeBytes(packet.bytes()));
            super.send(out, reversed.toByteArray());
        }
    }

    /** Takes one packet for each read, and looks for the next one only when more bytes come. */
    static class OnePacketForEachRead extends PlainServer {
        @Override
        int consume(Socket client, byte[] buffer, int count) throws IOException {
            int length = count < Packet.HEADER ? Packet.LONGEST : length(ByteBuffer.wrap(buffer));
            if (length < Packet.HEADER || length >= count) {
                return super.consume(client, buffer, count);
            }
            super.consume(client, Arrays.copyOf(buffer, length), length);
            System.arraycopy(buffer, length, buffer, 0, count - length);
            return count - length;
        }
    }

    /** Has recv wait until its buffer is full. */
    static class ReadsUntilFull extends PlainServer {
        @Override
        int read(Socket client, byte[] buffer, int count) throws IOException {
            int got = client.getInputStream().readNBytes(buffer, count, buffer.length - count);
            return got == 0 ? -1 : got;
        }
    }

    static class ClosesOnUnknownCode extends PlainServer {
        @Override
        void unknownCode(Socket client) {
            close(client);
        }
    }

    /** Starts anew behind the header, as the course's own C++ server does. */
    static class KeepsOnBadLength extends PlainServer {
        @Override
        int badLength(byte[] buffer, int count, int length) {
            System.arraycopy(buffer, Packet.HEADER, buffer, 0, count - Packet.HEADER);
            return count - Packet.HEADER;
        }
    }

    /** Allocates what the length says, and dies of -1. */
    static class AllocatesBeforeItChecks extends PlainServer {
        @Override
        int badLength(byte[] buffer, int count, int length) {
            close();
            return -1;
        }
    }

    static class TakesLessThanAllowed extends PlainServer {
        @Override
        int mostBytes() {
            return 8_192;
        }
    }

    static class TakesMoreThanAllowed extends PlainServer {
        @Override
        int mostBytes() {
            return 65_000;
        }
    }

    static class PasswordSentBack extends PlainServer {
        @Override
        byte[] answer(Packet packet) {
            return packet.bytes();
        }
    }

    /** Copies the name as a text of C, with a zero at its end. */
    static class NameNeedsZero extends PlainServer {
        @Override
        byte[] answer(Packet packet) {
            Packet answer = new Packet(super.answer(packet));
            byte[] body = answer.body();
            if (body.length > 0) {
                body[body.length - Packet.PASSWORD_WIDTH - 1] = 0;
            }
            return Requests.packet(answer.code(), body);
        }
    }

    /** Closes as soon as it sees the end of what the client sends. */
    static class ForgetsAnswersAtTheEnd extends PlainServer {
        private static final int LONG = 500; // milliseconds

        @Override
        int consume(Socket client, byte[] buffer, int count) throws IOException {
            client.setSoTimeout(LONG);
            try {
                if (count > 0 && client.getInputStream().read(new byte[1]) < 0) {
                    return -1;
                }
            } catch (SocketTimeoutException e) {
                return super.consume(client, buffer, count);
            } finally {
                client.setSoTimeout(0);
            }
            return super.consume(client, buffer, count);
        }
    }

    /** Forgets what it could not send yet when the client ends its sending side. */
    static class ForgetsTheRest extends PlainServer {
        private static final int ROOM = 1_000_000; // bytes that are sent; what comes after them waits, and is forgotten

        private final Map<OutputStream, Integer> sent = new ConcurrentHashMap<>();

        @Override
        void send(OutputStream out, byte[] answers) throws IOException {
            if (sent.merge(out, answers.length, Integer::sum) <= ROOM) {
                super.send(out, answers);
            }
        }
    }

    static class OneClientAtATime extends PlainServer {
        @Override
        void serve(Socket client) {
            talk(client);
        }
    }

    /** One thread sends, and waits for whoever does not read. */
    static class WaitsForSlowReaders extends PlainServer {
        @Override
        synchronized void send(OutputStream out, byte[] answers) throws IOException {
            super.send(out, answers);
        }
    }

    /** Dies of SIGPIPE. */
    static class DiesOfBrokenConnections extends PlainServer {
        @Override
        void failed() {
            close();
        }
    }

    static class AnswersAnotherCode extends PlainServer {
        @Override
        byte[] answer(Packet packet) {
            Packet answer = new Packet(super.answer(packet));
            return Requests.packet(answer.code() + 1, answer.body());
        }
    }

    static class NeverKicks extends PlainServer {
        @Override
        long kickNanos() {
            return Long.MAX_VALUE;
        }
    }

    static class KicksWhoPings extends PlainServer {
        @Override
        boolean keepsAlive(Packet packet) {
            return false;
        }
    }

    static class AllKeepsAlive extends PlainServer {
        @Override
        boolean keepsAlive(Packet packet) {
            return true;
        }
    }

    static class KicksTooEarly extends PlainServer {
        @Override
        long kickNanos() {
            return super.kickNanos() / 3;
        }
    }
}
