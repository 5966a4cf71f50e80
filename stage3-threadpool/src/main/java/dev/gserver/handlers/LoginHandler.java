package dev.gserver.handlers;

import dev.gserver.epoll.Message;
import dev.gserver.threadpool.AnswerSink;
import dev.gserver.threadpool.MessageHandler;

/**
 * Logs a user in; _HandleLogIn in the C++ course. The body is a user name (56 bytes) and a password (40), padded with
 * zeros; the answer is the same with the password blanked. Stateless.
 */
public final class LoginHandler implements MessageHandler {
    /** The message code. */
    public static final int CODE = 6;

    /** Bytes of the body. */
    public static final int BODY_LENGTH = 96;

    @Override
    public void handle(Message request, AnswerSink answers) {
        answers.send(Passwords.answerWithout(request));
    }
}
