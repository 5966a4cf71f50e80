package dev.gserver.bench;

import dev.gserver.epoll.Message;
import dev.gserver.handlers.PingHandler;
import dev.gserver.handlers.RegisterHandler;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The requests that all connections send round and round, and the answers that have to come, byte for byte: so length,
 * code, CRC, content and order of every answer are checked by one comparison.
 */
final class Stock {
    /** How many different requests there are, before the first comes again. */
    static final int SIZE = 1024;

    private static final int PASSWORD_BYTES = 40;

    private final ByteBuffer requests;
    private final ByteBuffer answers;
    private final int packetLength;

    private Stock(int packetLength) {
        this.packetLength = packetLength;
        this.requests = ByteBuffer.allocateDirect(SIZE * packetLength);
        this.answers = ByteBuffer.allocateDirect(SIZE * packetLength);
    }

    /** Requests of message code `code`: ping (all alike), or register (all different). */
    static Stock of(int code) {
        int bodyLength =
                switch (code) {
                    case PingHandler.CODE -> PingHandler.BODY_LENGTH;
                    case RegisterHandler.CODE -> RegisterHandler.BODY_LENGTH;
                    default -> throw new IllegalArgumentException("code " + code + ": expected 0 or 5");
                };
        Stock stock = new Stock(8 + bodyLength);
        for (int number = 0; number < SIZE; number++) {
            byte[] body = new byte[bodyLength];
            for (int i = 0; i < bodyLength; i++) {
                body[i] = (byte) (number * 31 + (number >> 8) + i * 7 + 1);
            }
            new Message(null, code, Message.crc32Of(body), body).writeTo(stock.requests);
            if (bodyLength > 0) {
                Arrays.fill(body, bodyLength - PASSWORD_BYTES, bodyLength, (byte) 0);
            }
            new Message(null, code, Message.crc32Of(body), body).writeTo(stock.answers);
        }
        return stock;
    }

    /** Length of a request, and of an answer, in bytes. */
    int packetLength() {
        return packetLength;
    }

    /** The requests from byte `position` of the endless stream on: up to `most` bytes, less where the stock ends. */
    ByteBuffer requests(long position, int most) {
        int from = (int) (position % requests.capacity());
        return requests.limit(Math.min(requests.capacity(), from + most)).position(from);
    }

    /** Whether the bytes left in `in` are those of the answers from byte `position` of the endless stream on. */
    boolean takeAnswers(long position, ByteBuffer in) {
        int end = in.limit();
        long at = position;
        while (in.position() < end) {
            int from = (int) (at % answers.capacity());
            int count = Math.min(end - in.position(), answers.capacity() - from);
            in.limit(in.position() + count);
            answers.limit(from + count).position(from);
            if (in.mismatch(answers) >= 0) {
                return false;
            }
            in.position(in.limit()).limit(end);
            at += count;
        }
        return true;
    }
}
