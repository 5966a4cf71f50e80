package dev.gserver.threadpool;

import dev.gserver.Packets;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Messages whose body is a number, so that a test can tell them apart. */
final class Numbered {
    static final int BODY_LENGTH = 4;

    private Numbered() {}

    static Message message(Client client, int code, int number) {
        return Connections.message(client, code, body(number));
    }

    /** The messages from number {@code first} to number {@code last}. */
    static List<Message> messages(Client client, int code, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> message(client, code, number))
                .toList();
    }

    /** Such a message as a client writes it. */
    static byte[] packet(int code, int number) {
        return Packets.packet(code, body(number));
    }

    static int number(Message message) {
        return ByteBuffer.wrap(message.body()).getInt();
    }

    static List<Integer> numbers(List<Message> messages) {
        return messages.stream().map(Numbered::number).toList();
    }

    /** The numbers from {@code first} to {@code last}. */
    static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static byte[] body(int number) {
        return ByteBuffer.allocate(BODY_LENGTH).putInt(number).array();
    }
}
