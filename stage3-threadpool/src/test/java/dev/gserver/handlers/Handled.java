package dev.gserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.epoll.Message;
import dev.gserver.threadpool.MessageHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a handler answers. */
final class Handled {
    private Handled() {}

    /** The one answer of {@code handler} to {@code request}. */
    static Message by(MessageHandler handler, Message request) {
        List<Message> answers = new ArrayList<>();
        handler.handle(request, answers::add);
        assertThat(answers).as("one request, one answer").hasSize(1);
        return answers.get(0);
    }

    /** The bytes that the receiver of {@code message} gets. */
    static byte[] wire(Message message) {
        ByteBuffer out = ByteBuffer.allocate(message.packetLength());
        message.writeTo(out);
        return out.array();
    }
}
