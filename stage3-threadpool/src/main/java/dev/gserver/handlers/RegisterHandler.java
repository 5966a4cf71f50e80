package dev.gserver.handlers;

import dev.gserver.epoll.Message;
import dev.gserver.threadpool.AnswerSink;
import dev.gserver.threadpool.MessageHandler;

/**
 * Registers a user; _HandleRegister in the C++ course. The body is a type (4 bytes), a user name (56) and a password
 * (40), the texts padded with zeros; the answer is the same with the password blanked. Stateless.
 */
public final class RegisterHandler implements MessageHandler {
    /** The message code. */
    public static final int CODE = 5;

    /** Bytes of the body. */
    public static final int BODY_LENGTH = 100;

    @Override
    public void handle(Message request, AnswerSink answers) {
        answers.send(Passwords.answerWithout(request));
    }
}
